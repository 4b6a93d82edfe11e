/**
 * Loaded before the program of a replica: nobody writes to its standard input, which closes when the process that started it
 * ends, however that happens. Then the replica stops in order, as if it were told to.
 */
process.stdin.on('close', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
