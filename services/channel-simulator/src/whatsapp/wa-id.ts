/**
 * How WhatsApp writes a person's id. With `brazilWithoutNinthDigit` numbers of Brazil with an area code from 31 on lose the 9 before
 * the subscriber's eight digits, as they do in reality: the id in answers, statuses and replies is not what was sent to.
 */
export type WaIdRule = 'digits' | 'brazilWithoutNinthDigit';

const BRAZILIAN_MOBILE = /^55(3[1-9]|[4-9]\d)9(\d{8})$/;

export function waIdBy(rule: WaIdRule): (digits: string) => string {
  if (rule === 'digits') return (digits) => digits;
  return (digits) => {
    const match = BRAZILIAN_MOBILE.exec(digits);
    return match ? `55${match[1]}${match[2]}` : digits;
  };
}
