/** The package comes without types; these are the settings that the tests use. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Milliseconds for which a table is being made, changed or removed. Default: 500 each. */
  interface Settings {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }

  export default function dynalite(settings?: Settings): Server;
}
