import { describe, expect, it } from '@jest/globals';
import type { Dispatcher } from 'undici';
import { callOnce, type CallOutcome } from './call-once.js';

type Handler = Required<Dispatcher.DispatchHandler>;

/** A call over a client that does with the request what it is told. */
function callOver(
  play: (handler: Handler, controller: Dispatcher.DispatchController) => void,
  signal?: AbortSignal,
  timeoutMs = 60_000,
): { readonly outcome: Promise<CallOutcome>; readonly aborted: Error[] } {
  const aborted: Error[] = [];
  const dispatch = (_: object, handler: Handler): void => {
    const abort = (reason: Error): void => {
      aborted.push(reason);
      handler.onResponseError(controller, reason);
    };
    const controller = { abort } as object as Dispatcher.DispatchController;
    play(handler, controller);
  };
  const client = { dispatch } as object as Dispatcher;
  const target = { origin: 'https://provider.example', path: '/' };
  const request = { method: 'POST', headers: {}, ...(signal && { signal }) } as const;
  return { outcome: callOnce(client, target, request, timeoutMs), aborted };
}

const failed = (code: string): Error => Object.assign(new Error('the network'), { code });

describe('callOnce', () => {
  it('counts as written what was begun on a connection, whatever the error is called', async () => {
    const before = callOver((handler, controller) => handler.onResponseError(controller, failed('ECONNRESET')));
    expect(await before.outcome).toEqual({ written: false, code: 'econnreset' });
    const behind = callOver((handler, controller) => {
      handler.onRequestStart(controller, undefined);
      handler.onResponseError(controller, failed('EHOSTUNREACH'));
    });
    expect(await behind.outcome).toEqual({ written: true, code: 'ehostunreach' });
  });

  it('lets nobody begin the request a second time', async () => {
    const { outcome } = callOver((handler, controller) => {
      handler.onRequestStart(controller, undefined);
      handler.onRequestStart(controller, undefined);
    });
    expect(await outcome).toEqual({ written: true, code: 'begun_before' });
  });

  it('writes nothing for somebody who has given up', async () => {
    const { outcome } = callOver(
      (handler, controller) => handler.onRequestStart(controller, undefined),
      AbortSignal.abort(),
    );
    expect(await outcome).toEqual({ written: false, code: 'aborted' });
  });

  it('puts an answer together, also in pieces, and cuts one that never ends', async () => {
    const inPieces = (pieces: readonly Buffer[]) =>
      callOver((handler, controller) => {
        handler.onRequestStart(controller, undefined);
        handler.onResponseStart(controller, 429, { 'retry-after': '7' });
        for (const piece of pieces) handler.onResponseData(controller, piece);
        handler.onResponseEnd(controller, {});
      });
    const euro = Buffer.from('€');
    const { outcome } = inPieces([euro.subarray(0, 1), euro.subarray(1)]);
    expect(await outcome).toEqual({ answer: { status: 429, retryAfter: '7', date: undefined, body: '€' } });
    const endless = inPieces([Buffer.alloc(1024 * 1024, 'x'), Buffer.from('y')]);
    expect(await endless.outcome).toMatchObject({ answer: { body: 'x'.repeat(1024 * 1024) } });
    expect(endless.aborted).toHaveLength(1);
  });

  it('is over when its time is, however the answer drips: unknown once it was written', async () => {
    const { outcome, aborted } = callOver(
      (handler, controller) => {
        handler.onRequestStart(controller, undefined);
        handler.onResponseStart(controller, 200, {});
        handler.onResponseData(controller, Buffer.from(' '));
      },
      undefined,
      1,
    );
    expect(await outcome).toEqual({ written: true, code: 'call_timed_out' });
    expect(aborted).toHaveLength(1);
  });

  it('is over when its time is while it waits for a connection, and is not written later', async () => {
    let begin = (): void => undefined;
    const { outcome, aborted } = callOver(
      (handler, controller) => {
        begin = () => handler.onRequestStart(controller, undefined);
      },
      undefined,
      1,
    );
    expect(await outcome).toEqual({ written: false, code: 'call_timed_out' });
    begin();
    expect(aborted).toHaveLength(1);
  });
});
