/** Who asks for something by a request, and what its events follow from. */
export interface CallerCommand {
  readonly workspace: string;
  /** `user:<subject>` */
  readonly actor: string;
  /** The id of the request: the same for a repeated one with the same Idempotency-Key. */
  readonly causation: string;
}
