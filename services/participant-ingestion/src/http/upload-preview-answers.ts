import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FilePreview, PreviewColumn } from '@poinciana/participant-file';

export class PreviewProblemAnswer {
  @ApiProperty({ example: 'invalid_email' })
  readonly code!: string;
  @ApiProperty()
  readonly reason!: string;
}

export class PreviewRowProblemAnswer extends PreviewProblemAnswer {
  @ApiProperty({ description: 'A field without a column, or empty when the row as a whole is wrong.' })
  readonly field!: string;
}

export class PreviewColumnAnswer {
  @ApiProperty()
  readonly column!: string;
  @ApiProperty({ enum: ['field', 'object_id', 'timezone', 'ignored', 'unnamed'] })
  readonly use!: PreviewColumn['use'];
  @ApiPropertyOptional({ description: 'The field that the column is read as.' })
  readonly field?: string;
  @ApiPropertyOptional({ description: 'The field that an ignored column was probably meant for.' })
  readonly suggestion?: string;
}

export class PreviewCellAnswer {
  @ApiProperty()
  readonly value!: string;
  @ApiProperty({ type: [PreviewProblemAnswer] })
  readonly problems!: readonly PreviewProblemAnswer[];
}

export class PreviewRowAnswer {
  @ApiProperty({ description: 'As in a spreadsheet: the header is row 1.' })
  readonly row!: number;
  @ApiProperty({ type: [PreviewCellAnswer], description: 'One for each column.' })
  readonly cells!: readonly PreviewCellAnswer[];
  @ApiProperty({ type: [PreviewRowProblemAnswer] })
  readonly problems!: readonly PreviewRowProblemAnswer[];
}

export class PreviewRefusalAnswer {
  @ApiProperty({ example: 'missing_required_column' })
  readonly code!: string;
  @ApiProperty()
  readonly detail!: string;
}

export class UploadPreviewAnswer {
  @ApiProperty({ enum: ['utf-8', 'utf-16le', 'utf-16be'] })
  readonly encoding!: string;
  @ApiPropertyOptional({ enum: [',', ';', '\t', '|'] })
  readonly delimiter?: string;
  @ApiProperty({ type: [PreviewColumnAnswer] })
  readonly columns!: readonly PreviewColumnAnswer[];
  @ApiProperty({ type: [String], description: 'Required fields that have no column.' })
  readonly missing!: readonly string[];
  @ApiProperty({ type: [PreviewRowAnswer], description: 'The first rows.' })
  readonly rows!: readonly PreviewRowAnswer[];
  @ApiPropertyOptional({ type: PreviewRefusalAnswer, description: 'Why the file would be refused, if it would.' })
  readonly problem?: PreviewRefusalAnswer;
}

export function uploadPreviewAnswer({ encoding, ...preview }: FilePreview): UploadPreviewAnswer {
  return { encoding: encoding.encoding, ...preview };
}
