import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DomainError } from '@poinciana/event-sourcing';
import { MayBeLeftOut } from '@poinciana/service-kit';
import { ArrayMaxSize, IsArray, IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { MESSAGE_CHARACTERS_MAX } from '../channels/channel-notice.js';
import type { OutgoingContent } from '../channels/outgoing-content.js';

const ADDRESS_MAX = 320;
const NAME_MAX = 512;
const LINE_MAX = 998;
const VALUES_MAX = 100;
const VALUE_MAX = 1_024;

/** One of three: a template; a mail, which has a subject; a call, which has a SIP server; else a text. */
export class TestMessageRequest {
  @ApiProperty({ description: 'Where the message goes: a number, a chat id, a mail address.', example: '34600000001' })
  @IsString()
  @MinLength(1)
  @MaxLength(ADDRESS_MAX)
  readonly address!: string;

  @ApiPropertyOptional({ description: 'The text, or the body of the mail.', maxLength: MESSAGE_CHARACTERS_MAX })
  @MayBeLeftOut()
  @IsString()
  @MinLength(1)
  @MaxLength(MESSAGE_CHARACTERS_MAX)
  readonly text?: string;

  @ApiPropertyOptional({ description: 'Makes it a mail.' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(LINE_MAX)
  readonly subject?: string;

  @ApiPropertyOptional({ enum: ['plain', 'html'], default: 'plain', description: 'Of a mail.' })
  @MayBeLeftOut()
  @IsIn(['plain', 'html'])
  readonly format?: 'plain' | 'html';

  @ApiPropertyOptional({ description: 'Makes it a template message.' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(NAME_MAX)
  readonly templateName?: string;

  @ApiPropertyOptional({ default: 'en', description: 'Of a template message.' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(20)
  readonly templateLanguage?: string;

  @ApiPropertyOptional({ type: [String], description: 'Of a template message, in the order of its places.' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(VALUES_MAX)
  @IsString({ each: true })
  @MaxLength(VALUE_MAX, { each: true })
  readonly templateValues?: string[];

  @ApiPropertyOptional({ description: 'Makes it a call.' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(NAME_MAX)
  readonly sipServer?: string;
}

/** Throws `DomainError` `no_test_content` for a request that says nothing to send. */
export function contentOf(request: TestMessageRequest): OutgoingContent {
  const { text, subject, format = 'plain', templateName, templateLanguage = 'en', templateValues = [] } = request;
  if (templateName !== undefined) {
    const values = templateValues.map((value) => ({ text: value }));
    return { type: 'template', name: templateName, language: templateLanguage, values };
  }
  const { sipServer } = request;
  if (sipServer !== undefined) return { type: 'call', agentId: '', sipServer, sipParameters: {}, context: {} };
  if (text === undefined) throw new DomainError('no_test_content', 'Give a text, a template or a SIP server.');
  return subject === undefined ? { type: 'text', text } : { type: 'email', subject, body: text, format };
}
