import { type Secret, openSecret, sealSecret } from '@poinciana/service-kit';

/** Sealing gives another text each time: a secret that is typed again as it was is no change. */
export function sealedAgain(key: Secret, text: string, known: string | undefined): string {
  return known !== undefined && opens(key, known, text) ? known : sealSecret(key, text);
}

function opens(key: Secret, sealed: string, text: string): boolean {
  try {
    return openSecret(key, sealed) === text;
  } catch {
    // Sealed with a key of earlier days: the secret is sealed anew.
    return false;
  }
}
