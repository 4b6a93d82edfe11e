import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

export class StartRequest {
  @ApiPropertyOptional({
    enum: ['run', 'newcomersOnly'],
    default: 'run',
    example: 'newcomersOnly',
    description: 'What becomes of people whose Participant Created or Communication Ended fell into the pause.',
  })
  @IsIn(['run', 'newcomersOnly'])
  readonly pauseAnswer: 'run' | 'newcomersOnly' = 'run';
  @ApiPropertyOptional({
    enum: ['skip', 'replan'],
    default: 'skip',
    description: 'What becomes of communications that missed their window during the pause.',
  })
  @IsIn(['skip', 'replan'])
  readonly overdueAnswer: 'skip' | 'replan' = 'skip';
}
