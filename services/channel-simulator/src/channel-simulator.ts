import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { CONTROL_BODY_BYTES_MAX, OPAQUE_DATA_CHARACTERS_MAX } from './bounds.js';
import { acceptedRoutes } from './control/accepted-routes.js';
import { channelRoutes } from './control/channel-routes.js';
import { commandRoutes } from './control/command-routes.js';
import { stageRoutes } from './control/stage-routes.js';
import { webhookRoutes } from './control/webhook-routes.js';
import { reportDefect } from './defect.js';
import { networkCodeOf } from './network-error.js';
import { receiverRoutes } from './receiver/receiver-routes.js';
import { settingsFrom, type SimulatorOptions } from './settings.js';
import { Simulation } from './simulation.js';
import { SimulatorRefusal } from './simulator-refusal.js';
import { Stage } from './stage.js';
import { telegramRoutes } from './telegram/telegram-routes.js';
import { voiceRoutes } from './voice/voice-routes.js';
import { whatsappRoutes } from './whatsapp/whatsapp-routes.js';

/** A simulator that listens. */
export interface ChannelSimulator {
  /** Without a slash at its end; the base of the provider's API and of `/control`. */
  readonly url: string;
  /** Where mail is taken; 0 when it is not. */
  readonly smtpPort: number;
  /** Closes all connections; what waits to be told is dropped. */
  stop(): Promise<void>;
}

/** The port asked for is taken. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

/**
 * Starts the providers' side and the people. Listens on 127.0.0.1:4010 unless the options say otherwise (port 0: a free one).
 *
 * Throws RangeError when an option makes no sense, PortInUseError when the port is taken.
 */
export async function startChannelSimulator(options: SimulatorOptions = {}): Promise<ChannelSimulator> {
  const settings = settingsFrom(options);
  const simulation = new Simulation(settings);
  const stopping = new AbortController();
  const stage = new Stage(settings);
  const app = createApplication(simulation, stage, stopping.signal);
  try {
    await stage.listen();
    const url = await app.listen({ port: settings.port, host: settings.host });
    return {
      url,
      smtpPort: stage.mail.port,
      stop: async () => {
        stopping.abort();
        await app.close();
        await stage.stop();
        await simulation.stop();
      },
    };
  } catch (error) {
    await stage.stop();
    await simulation.stop();
    if (networkCodeOf(error) === 'EADDRINUSE') {
      throw new PortInUseError(`port ${settings.port} of ${settings.host} is in use by another program`, {
        cause: error,
      });
    }
    throw error;
  }
}

function createApplication(simulation: Simulation, stage: Stage, stopping: AbortSignal): FastifyInstance {
  const app = Fastify({
    logger: false, // a logger for each request costs more than the answer; defects go to standard error
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    bodyLimit: CONTROL_BODY_BYTES_MAX,
    routerOptions: { maxParamLength: OPAQUE_DATA_CHARACTERS_MAX },
    ajv: { customOptions: { removeAdditional: false } },
  });
  parseJsonPlainly(app);
  app.setErrorHandler(answerFailure);
  const { botToken, voiceKey } = simulation.settings;
  void app.register(whatsappRoutes(simulation, stopping));
  void app.register(telegramRoutes(stage.bot, botToken, stopping));
  void app.register(voiceRoutes(stage.voice, voiceKey, stopping), { prefix: '/voice' });
  void app.register(receiverRoutes(stage.receiver, stopping), { prefix: '/receiver' });
  for (const routes of [acceptedRoutes, commandRoutes, webhookRoutes])
    void app.register(routes(simulation, stage), { prefix: '/control' });
  for (const routes of [channelRoutes, stageRoutes]) void app.register(routes(stage), { prefix: '/control' });
  return app;
}

/** Bodies are read and never merged into anything, so the parser that looks for `__proto__` only costs time. */
function parseJsonPlainly(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(body as string));
    } catch {
      done(Object.assign(new Error('The request body is not valid JSON.'), { statusCode: 400 }));
    }
  });
}

function answerFailure(error: FastifyError | SimulatorRefusal, _: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof SimulatorRefusal)
    return reply.code(error.httpStatus).send({ code: error.code, message: error.message });
  const status = error.statusCode ?? 500;
  if (status >= 500) reportDefect(error);
  return reply.code(status).send({ code: status >= 500 ? 'defect' : 'bad_request', message: error.message });
}
