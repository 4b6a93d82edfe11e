/**
 * The instant of a local time in a zone, both as SQL, as `TimeZone` of the engine finds it: of two the first ([C]6), where PostgreSQL
 * takes the second.
 */
export function instantSql(local: string, zone: string): string {
  const dayBefore = `(${local} - interval '1 day')`;
  const offsetBefore = `((${dayBefore} AT TIME ZONE 'UTC' AT TIME ZONE ${zone}) - ${dayBefore})`;
  const first = `((${local} - ${offsetBefore}) AT TIME ZONE 'UTC')`;
  const second = `(${local} AT TIME ZONE ${zone})`;
  return `(CASE WHEN ${first} AT TIME ZONE ${zone} = ${local} THEN least(${first}, ${second}) ELSE ${second} END)`;
}
