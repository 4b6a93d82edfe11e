import type { communication as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';

/** What the providers' side counted. */
export interface Contacts {
  /** Messages accepted of communications. */
  readonly accepted: number;
  readonly communications: number;
  readonly moreThanOnce: number;
  /** Communications of which the log says that nobody knows. */
  readonly unknown: number;
}

interface Summary {
  readonly accepted: number;
  readonly communications: number;
  readonly withoutCommunication: number;
  readonly acceptedPerCommunicationMax: number;
  readonly communicationsAcceptedMoreThanOnce: number;
}

/** Nobody was contacted twice, and whoever the log says was contacted really was. */
export async function contactFindings(
  simulatorUrl: string,
  events: readonly StoredEvent[],
): Promise<{ readonly contacts: Contacts; readonly findings: readonly string[] }> {
  const response = await fetch(`${simulatorUrl}/control/summary`);
  const summary = (await response.json()) as Summary;
  const accepted = summary.accepted - summary.withoutCommunication;
  const started = events.filter(({ type }) => type === 'CommunicationStarted').length;
  const unknown = events.filter(({ type, data }) => {
    return (
      type === 'CommunicationEnded' && (data as contract.CommunicationEnded).communication.code === 'outcome_unknown'
    );
  }).length;
  const { communications, communicationsAcceptedMoreThanOnce: moreThanOnce } = summary;
  // Whoever the provider reports as not reachable was accepted and not started, or started: either way accepted once.
  const isKnown = communications >= started && accepted === communications;
  return {
    contacts: { accepted, communications, moreThanOnce, unknown },
    findings: [
      ...(moreThanOnce === 0 ? [] : [`${moreThanOnce} communications were accepted more than once`]),
      ...(isKnown ? [] : [`The log has ${started} started communications, the provider ${JSON.stringify(summary)}`]),
    ],
  };
}
