import type { TimelineEntry } from './timeline.js';
import { localTime } from './local-time.js';
import { valueText } from './told.js';
import type { Why, WhyCommunication, WhyRun } from './why.js';
import type { WhyAnswer } from './why-communication.js';

/** The why as text for a terminal: times in the participant's zone. */
export function whyText(why: Why): string {
  const { timeZone: zone, workspaceTimeZone } = why;
  const zones =
    zone === workspaceTimeZone ? `times in ${zone}` : `times in ${zone}; the workspace's zone is ${workspaceTimeZone}`;
  const changes = why.changes.map(({ time, sentence }) => ({ time, lines: [`${localTime(time, zone)}  ${sentence}`] }));
  const runs = why.runs.map((run) => ({ time: run.time, lines: runLines(run, zone) }));
  const parts = [...changes, ...runs].toSorted((one, other) =>
    one.time < other.time ? -1 : one.time > other.time ? 1 : 0,
  );
  return [
    why.sentence,
    '',
    `${valueText(why.name)} (${zones})`,
    ...(why.isCut ? ['Older events are left out.'] : []),
    ...parts.flatMap(({ lines }) => ['', ...lines]),
    '',
  ].join('\n');
}

export function whyAnswerText({ sentence, advice }: WhyAnswer): string {
  return `${sentence}\n${advice === '' ? '' : `What to do: ${advice}\n`}`;
}

export function timelineText(entries: readonly TimelineEntry[], zone: string): string {
  const lines = entries.map(({ time, sentence }) => `${localTime(time, zone)}  ${sentence}`);
  return `${lines.join('\n')}\n`;
}

function runLines(run: WhyRun, zone: string): readonly string[] {
  const late = run.caughtUp ? ', caught up at Start' : '';
  return [
    `${localTime(run.time, zone)}  ${run.trigger}: flow ${run.flowName}, version ${run.flowVersion}${late}`,
    ...run.steps.map(({ number, sentence }) => `  ${String(number).padStart(2)} · ${sentence}`),
    ...run.communications.flatMap((communication) => communicationLines(communication, zone)),
  ];
}

function communicationLines(
  { name, channel, status, reason, history }: WhyCommunication,
  zone: string,
): readonly string[] {
  return [
    `     ${name} (${channel}): ${status}${reason === null ? '' : ` (${reason.code})`}`,
    ...history.map(({ time, sentence }) => `       ${localTime(time, zone)}  ${sentence}`),
    ...(reason === null || reason.advice === '' ? [] : [`       What to do: ${reason.advice}`]),
  ];
}
