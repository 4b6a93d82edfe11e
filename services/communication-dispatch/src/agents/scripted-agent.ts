import type { JsonObject, JsonValue } from '@poinciana/contracts';
import { AgentRuntime, type AgentQuestion, type AgentTurn } from './agent-runtime.js';

const RULES_MAX = 200;
const SILENCE: AgentTurn = { results: {}, close: false };

/**
 * Acts by rules on the text: the first rule whose `contains` occurs in it, without regard to case, says what becomes of it.
 * A rule without `contains` fits every text. No rule: the agent listens.
 */
export class ScriptedAgent extends AgentRuntime {
  override readonly name = 'scripted';

  override async respond({ agent, text }: AgentQuestion): Promise<AgentTurn> {
    const rules = agent.script?.['rules'];
    const lowered = text.toLowerCase();
    const fitting = (Array.isArray(rules) ? (rules as readonly JsonValue[]) : [])
      .slice(0, RULES_MAX)
      .find((rule) => fits(rule, lowered));
    return isObject(fitting) ? turnOf(fitting) : SILENCE;
  }
}

function fits(rule: JsonValue, lowered: string): boolean {
  if (!isObject(rule)) return false;
  const { contains } = rule;
  return contains === undefined || (typeof contains === 'string' && lowered.includes(contains.toLowerCase()));
}

function turnOf({ results, answer, close }: JsonObject): AgentTurn {
  return {
    results: isObject(results) ? results : {},
    close: close === true,
    ...(typeof answer === 'string' && answer !== '' ? { answer } : {}),
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
