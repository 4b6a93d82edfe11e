const DUE_DAYS = 20;
/** One in so many has paid. */
const PAID_EVERY = 10;
const FIRST_DUE = Date.UTC(2026, 10, 16);
const DAY_MS = 86_400_000;

/** A CSV file of so many people, due from five days before the bench's now to two weeks after it. */
export function peopleFile(rows: number): Buffer {
  const lines = Array.from({ length: rows }, (_, index) => {
    const due = new Date(FIRST_DUE + (index % DUE_DAYS) * DAY_MS).toISOString().slice(0, 10);
    const paid = index % PAID_EVERY === 0;
    return `c${index},Person ${index},person${index}@example.org,${491_510_000_000 + index},${paid},${due},${index % 1_000}\n`;
  });
  return Buffer.from(`external_id,name,email,phone,is_payment_received,due_date,amount\n${lines.join('')}`);
}
