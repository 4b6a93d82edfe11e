/** The rows of the tables of `docs/errors.md`: code, statuses, meaning. */
export function documentedCodes(text) {
  return [...text.matchAll(/^\| `([^`]+)` *\| *([\d, ]+?) *\| *(.*?) *\|$/gm)].map(([, code, statuses, meaning]) => ({
    code,
    statuses: statuses.split(/, */).map(Number),
    meaning,
  }));
}

/** What the document and the source do not agree on, one sentence each. */
export function disagreements(documented, used) {
  const isUse = ({ code }, { code: written }) => (typeof code === 'string' ? code === written : code.test(written));
  const missing = used.filter((use) => !documented.some((row) => isUse(use, row)));
  const unused = documented.filter((row) => !used.some((use) => isUse(use, row)));
  const otherwise = used.flatMap((use) =>
    documented
      .filter((row) => isUse(use, row) && use.status !== undefined && !row.statuses.includes(use.status))
      .map(
        (row) =>
          `${row.code} is answered with ${use.status} in ${use.path}, and documented with ${row.statuses.join(', ')}`,
      ),
  );
  const codes = documented.map(({ code }) => code);
  const twice = codes.filter((code, index) => codes.indexOf(code) !== index);
  return [
    ...missing.map(({ code, path }) => `${code} of ${path} is not documented`),
    ...unused.map(({ code }) => `${code} is documented and nothing uses it`),
    ...otherwise,
    ...twice.map((code) => `${code} is documented twice`),
  ];
}
