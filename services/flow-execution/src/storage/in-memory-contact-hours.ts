import type { StateWrite } from '@poinciana/messaging';
import type { ContactHour, WorkspaceSignals } from '../domain/contact-hours.js';
import { ContactHours, signalsOf } from './contact-hours.js';

/** The twin for tests. */
export class InMemoryContactHours extends ContactHours<unknown> {
  private hours: readonly ContactHour[] = [];

  override add(hours: readonly ContactHour[]): StateWrite<unknown> {
    return async () => {
      this.hours = [...this.hours, ...hours];
    };
  }

  override async of(workspace: string, firstDay: string): Promise<WorkspaceSignals> {
    return signalsOf(this.hours.filter((each) => each.workspace === workspace && each.day >= firstDay));
  }
}
