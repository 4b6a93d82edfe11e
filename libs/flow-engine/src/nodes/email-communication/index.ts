import { EMAIL_CHARACTERS_MAX, fillPlaces, type EmailSettings } from '@poinciana/campaign-definition';
import { explainPlan } from '../../explain/explain-plan.js';
import type { NodeExecution } from '../node-execution.js';
import { compileTexts } from '../outbound/compile-content.js';
import { compileOutbound, type OutboundChannel } from '../outbound/compile-outbound.js';
import { compileWindow } from '../outbound/compile-schedule.js';

/** Plans an email to the person's address. */
export const emailCommunication: NodeExecution<EmailSettings> = {
  type: 'email-communication',
  compile: (node, draft, context) => {
    const { template } = draft;
    const sendTime = compileWindow(draft, 'email', context);
    if (template === undefined || sendTime === undefined) return undefined;
    const { subject, body, variables } = template;
    const content = compileTexts(
      variables,
      (values) => fillPlaces(subject, values).length + fillPlaces(body, values).length,
      EMAIL_CHARACTERS_MAX,
      context,
      node.id,
    );
    if (content === undefined) return undefined;
    const channel: OutboundChannel = {
      channelType: 'email',
      address: (walk) => walk.field('email'),
      content,
      sendTime,
    };
    return compileOutbound(node, draft, channel, context);
  },
  explain: explainPlan,
};
