import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { BODY_MAX, SUBJECT_MAX } from '@poinciana/campaign-definition';
import { MayBeLeftOut } from '@poinciana/service-kit';
import { IsIn, IsObject, IsString, MaxLength } from 'class-validator';
import { previewMail } from '../channels/email/preview-mail.js';

export class MailPreviewRequest {
  @ApiProperty({ example: 'Your payment of {{amount}}', maxLength: SUBJECT_MAX })
  @IsString()
  @MaxLength(SUBJECT_MAX)
  readonly subject!: string;
  @ApiProperty({ example: '<p>Hello {{name}}</p>', maxLength: BODY_MAX })
  @IsString()
  @MaxLength(BODY_MAX)
  readonly body!: string;
  @ApiPropertyOptional({ enum: ['plain', 'html'], default: 'plain' })
  @MayBeLeftOut()
  @IsIn(['plain', 'html'])
  readonly format?: 'plain' | 'html';
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { name: 'Ada', amount: '10' },
    description: 'Values by the names of the places: at most 100 texts of at most 1,024 characters.',
  })
  @MayBeLeftOut()
  @IsObject()
  readonly values?: Record<string, unknown>;
}

export class MailPreviewAnswer {
  @ApiProperty({ description: 'One line.', example: 'Your invoice, Anna' }) readonly subject!: string;
  @ApiProperty({
    description: 'What programs show that show text only.',
    example: 'Dear Anna, please find it attached.',
  })
  readonly text!: string;
  @ApiPropertyOptional({ description: 'Show it in a frame of its own: the template itself may hold anything.' })
  readonly html?: string;
  @ApiProperty({ type: [String], description: 'Places without a value: they stay empty.' })
  readonly missing!: readonly string[];
}

@ApiTags('mail previews')
@ApiBearerAuth()
@Controller('mail-previews')
export class MailPreviewsController {
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'A mail as it would go out with these values; nothing is sent and nothing is kept' })
  @ApiOkResponse({ type: MailPreviewAnswer })
  preview(@Body() { subject, body, format = 'plain', values = {} }: MailPreviewRequest): MailPreviewAnswer {
    return previewMail({ subject, body, format }, values);
  }
}
