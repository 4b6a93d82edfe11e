import type { VoiceSettings } from '@poinciana/campaign-definition';
import { explainPlan } from '../../explain/explain-plan.js';
import { compileProperty } from '../../values/compile-property.js';
import type { NodeExecution } from '../node-execution.js';
import { compileOutbound, type OutboundChannel } from '../outbound/compile-outbound.js';
import { compileWindow } from '../outbound/compile-schedule.js';
import { digitsOf } from '../outbound/digits.js';
import { compileExactTime } from './compile-exact-time.js';

const NO_VARIABLES = { templateVariables: {} };

/** Plans a call to the number in the phone field, at an exact time or within the Communication Hours. */
export const voiceCommunication: NodeExecution<VoiceSettings> = {
  type: 'voice-communication',
  compile: (node, draft, context) => {
    const phone = draft.phoneField && compileProperty(draft.phoneField, context);
    const sendTime =
      draft.schedule === 'exact' ? compileExactTime(draft, context) : compileWindow(draft, 'voice', context);
    if (phone === undefined || sendTime === undefined) return undefined;
    const channel: OutboundChannel = {
      channelType: 'voice',
      address: (walk) => digitsOf(phone.read(walk)),
      content: () => NO_VARIABLES,
      sendTime,
    };
    return compileOutbound(node, draft, channel, context);
  },
  explain: explainPlan,
};
