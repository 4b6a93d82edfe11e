import { Body, Controller, HttpCode, Inject, Module, Put, type DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '@poinciana/event-sourcing';
import { IsISO8601 } from 'class-validator';
import { Roles } from '../auth/access.js';
import { TestClock, type Clock } from './clock.js';

const CLOCK = Symbol('clock');

class SetClockRequest {
  @IsISO8601({ strict: true, strictSeparator: true })
  declare readonly now: string;
}

/** Sets the time, where a test clock is on; anywhere else the time is nobody's to set. */
@ApiExcludeController()
@Controller('api/test/clock')
export class TestClockController {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  @Put()
  @HttpCode(200)
  @Roles('operator')
  set(@Body() request: SetClockRequest): { readonly now: string } {
    if (!(this.clock instanceof TestClock)) {
      throw new DomainError(
        'test_clock_off',
        'This process runs on the real time; only one with a test clock can be set.',
        'notFound',
      );
    }
    this.clock.set(new Date(request.now));
    return { now: this.clock.now().toISOString() };
  }
}

@Module({})
export class TestClockModule {
  static of(clock: Clock): DynamicModule {
    return {
      module: TestClockModule,
      controllers: [TestClockController],
      providers: [{ provide: CLOCK, useValue: clock }],
    };
  }
}
