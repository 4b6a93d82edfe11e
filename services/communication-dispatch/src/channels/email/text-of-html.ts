import { compile } from 'html-to-text';
import { EMAIL_CHARACTERS_MAX } from '@poinciana/campaign-definition';

/** The deepest that elements are followed, and the most of one level: what is beyond reads as an ellipsis. */
const DEPTH_MAX = 50;
const CHILDREN_MAX = 5_000;

const convert = compile({
  wordwrap: false,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
  limits: { maxInputLength: EMAIL_CHARACTERS_MAX * 2, maxDepth: DEPTH_MAX, maxChildNodes: CHILDREN_MAX },
});

/** What a mail in HTML says, for programs that show text only: links keep their addresses, images and styles say nothing. */
export function textOfHtml(html: string): string {
  return convert(html);
}
