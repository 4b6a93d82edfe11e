import type { MessageCatalogue } from './render.js';

/** How two versions of a flow differ, in English. */
export const COMPARISON_MESSAGES: MessageCatalogue = {
  flow_renamed: "The flow was renamed from '{before}' to '{after}'.",
  node_added: "{type} '{node}' was added: {after}.",
  node_removed: "{type} '{node}' was removed.",
  node_changed: "{type} '{node}' changed: {changes}.",
  node_reworded: "{type} '{node}' changed from “{before}” to “{after}”.",
  edge_added: "'{from}' now leads to '{to}'{output}.",
  edge_removed: "'{from}' no longer leads to '{to}'{output}.",
  on_output: ' on {output}',
  setting_set: '{setting} is now {after}',
  setting_reset: '{setting} is no longer set (was {before})',
  setting_changed: '{setting} from {before} to {after}',
  more_changes: 'and {count} more',
  no_difference: 'The two versions do not differ.',
};
