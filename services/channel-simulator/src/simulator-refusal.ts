/** The simulator itself (not the provider it plays) refuses: answered with this HTTP status, a code and a sentence. */
export class SimulatorRefusal extends Error {
  override readonly name = 'SimulatorRefusal';

  constructor(
    readonly httpStatus: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
