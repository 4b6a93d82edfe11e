import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import {
  ApiPosition,
  CurrentCaller,
  CurrentRequest,
  Roles,
  written,
  type Caller,
  type RequestIdentity,
  type Written,
} from '@poinciana/service-kit';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { ReadSession, type SessionHistory } from '../handlers/read-session.js';
import { SayInSession } from '../handlers/say-in-session.js';
import { SessionAnswer, sessionAnswer } from './session-answers.js';

/** Telegram takes no longer one; nor does a person. */
const TEXT_MAX = 4_096;

export class MessageRequest {
  @ApiProperty({ minLength: 1, maxLength: TEXT_MAX, example: 'A colleague will call you today.' })
  @IsString()
  @MinLength(1)
  @MaxLength(TEXT_MAX)
  readonly text!: string;
}

@ApiTags('sessions')
@ApiBearerAuth()
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly history: ReadSession,
    private readonly saying: SayInSession,
  ) {}

  @Get(':sessionId')
  @ApiOperation({ summary: 'A session with its transcript' })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiPosition()
  async read(
    @CurrentCaller() { workspace }: Caller,
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
  ): Promise<Written<SessionAnswer>> {
    return answered(await this.history.read(workspace, sessionId.toLowerCase()));
  }

  @Post(':sessionId/messages')
  @HttpCode(200)
  @Roles('manager')
  @ApiOperation({
    summary: 'Writes to the person, at most once for an idempotency-key; the transcript says what became of it',
  })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiPosition()
  async say(
    @CurrentCaller() { workspace, subject }: Caller,
    @CurrentRequest() { causation }: RequestIdentity,
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
    @Body() { text }: MessageRequest,
  ): Promise<Written<SessionAnswer>> {
    const request = { workspace, subject, causation, sessionId: sessionId.toLowerCase() };
    return answered(await this.saying.say(request, text));
  }

  @Post(':sessionId/close')
  @HttpCode(200)
  @Roles('manager')
  @ApiOperation({ summary: 'Ends an inbound session; one that is closed stays as it is' })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiPosition()
  async close(
    @CurrentCaller() { workspace, subject }: Caller,
    @CurrentRequest() { causation }: RequestIdentity,
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
  ): Promise<Written<SessionAnswer>> {
    return answered(await this.saying.close({ workspace, subject, causation, sessionId: sessionId.toLowerCase() }));
  }
}

function answered(history: SessionHistory): Written<SessionAnswer> {
  return written(sessionAnswer(history), history.last.position);
}
