import { Controller, Get, HttpCode, type OnModuleDestroy, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, Roles, WaitsFor } from '@poinciana/service-kit';
import { GROUPS } from '../views/groups.js';
import { RebuildStatusAnswer, VerifyStatusAnswer } from './rebuild-answers.js';
import { type RebuildStatus, RebuildViews } from './rebuild-views.js';
import { type Verification, VerifyViews, type VerifyStatus } from './verify-views.js';

/** Building the read models again, and comparing them with the log. Both concern all workspaces, so only operators may. */
@ApiTags('operation')
@ApiBearerAuth()
@Roles('operator')
@ApiPosition()
@WaitsFor(...GROUPS)
@Controller()
export class RebuildController implements OnModuleDestroy {
  constructor(
    private readonly rebuilding: RebuildViews,
    private readonly verifying: VerifyViews,
  ) {}

  @Post('rebuild')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Builds all read models again from the log and swaps them in; goes on with what was interrupted',
  })
  @ApiAcceptedResponse({ type: RebuildStatusAnswer })
  @ApiConflictResponse({ description: 'It runs already (`rebuild_running`).' })
  async rebuild(): Promise<RebuildStatus> {
    this.rebuilding.start();
    return this.rebuilding.status();
  }

  @Get('rebuild')
  @ApiOperation({ summary: 'How far the rebuild is, or how it ended' })
  @ApiOkResponse({ type: RebuildStatusAnswer })
  rebuildStatus(): Promise<RebuildStatus> {
    return this.rebuilding.status();
  }

  @Post('verify')
  @HttpCode(202)
  @ApiOperation({ summary: 'Computes all read models from the log and compares them with the live ones' })
  @ApiAcceptedResponse({ type: VerifyStatusAnswer })
  @ApiConflictResponse({ description: 'It runs already (`verify_running`).' })
  async verify(@CurrentCaller() { workspace }: Caller): Promise<VerifyStatus> {
    this.verifying.start();
    return ofWorkspace(await this.verifying.status(), workspace);
  }

  @Get('verify')
  @ApiOperation({ summary: 'How far the comparison is, or what it found in the workspace' })
  @ApiOkResponse({ type: VerifyStatusAnswer })
  async verifyStatus(@CurrentCaller() { workspace }: Caller): Promise<VerifyStatus> {
    return ofWorkspace(await this.verifying.status(), workspace);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.rebuilding.stop(), this.verifying.stop()]);
  }
}

/** Rows of other workspaces are nobody else's business; whether everything matches is said of all of them. */
function ofWorkspace(status: VerifyStatus, workspace: string): VerifyStatus {
  const { verification } = status;
  if (verification === null) return status;
  const isOwn = (row: { readonly workspace: string }) => row.workspace === workspace || row.workspace === '';
  const { firstDifference: first, tables } = verification;
  const own: Verification = {
    ...verification,
    tables: tables.filter(isOwn),
    firstDifference: first !== null && isOwn(first) ? first : null,
  };
  return { ...status, verification: own };
}
