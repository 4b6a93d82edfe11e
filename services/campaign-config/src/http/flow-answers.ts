import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Problem } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import type { FlowVersionComparison } from '../handlers/compare-versions.js';
import type { SavedVersion } from '../handlers/flow-versions.js';

/** One thing that is wrong or doubtful. */
export class ProblemAnswer implements Problem {
  @ApiProperty({ example: 'missing_setting' })
  readonly code!: string;
  @ApiProperty({ enum: ['error', 'warning'], description: 'An error blocks activation, a warning does not.' })
  readonly severity!: Problem['severity'];
  @ApiProperty({ example: 'Fill in required fields for: Reminder' })
  readonly sentence!: string;
  @ApiPropertyOptional()
  readonly nodeId?: string;
  @ApiPropertyOptional()
  readonly setting?: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly parameters!: Problem['parameters'];
}

export class FlowChecksAnswer {
  @ApiProperty({ type: [ProblemAnswer] })
  readonly problems!: readonly Problem[];
}

/** A line of the list of versions. */
export class VersionLineAnswer {
  @ApiProperty()
  readonly version!: number;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty()
  readonly nodes!: number;
  @ApiProperty()
  readonly note!: string;
  @ApiPropertyOptional({ description: 'The version that it repeats.' })
  readonly restoredFrom?: number;
  @ApiProperty({ format: 'date-time' })
  readonly savedAt!: string;
  @ApiProperty({ example: 'user:anna' })
  readonly savedBy!: string;
}

export class VersionAnswer extends VersionLineAnswer {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The graph as it was saved.' })
  readonly flow!: contract.Flow;
}

export class VersionPageAnswer {
  @ApiProperty({ type: [VersionLineAnswer], description: 'The newest first.' })
  readonly items!: readonly VersionLineAnswer[];
  @ApiProperty()
  readonly total!: number;
  @ApiPropertyOptional({ description: 'For `before`; absent on the last page.' })
  readonly next?: number;
}

/** How one version became another. */
export class ComparisonAnswer implements FlowVersionComparison {
  @ApiProperty({ type: [String], example: ["Field Check 'Is paid?' changed from “…” to “…”."] })
  readonly sentences!: readonly string[];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'name, nodes, edges, moved.' })
  readonly differences!: FlowVersionComparison['differences'];
}

export function versionLine(saved: SavedVersion): VersionLineAnswer {
  const { version, flow, note, restoredFrom, savedAt, savedBy } = saved;
  const repeated = restoredFrom === undefined ? {} : { restoredFrom };
  return { version, name: flow.name, nodes: flow.nodes.length, note, ...repeated, savedAt, savedBy };
}

export function versionPage(
  versions: readonly SavedVersion[],
  { before, limit }: { readonly before?: number; readonly limit: number },
): VersionPageAnswer {
  const from = before === undefined ? versions : versions.filter(({ version }) => version < before);
  const items = from.slice(0, limit).map(versionLine);
  const next = from.length > limit ? items.at(-1)?.version : undefined;
  return { items, total: versions.length, ...(next === undefined ? {} : { next }) };
}
