// Loaded before a measured program (`node --import`): tells its parent how much memory it had at most.
import process from 'node:process';

process.on('exit', () => {
  process.stderr.write(`peak-memory-kb=${process.resourceUsage().maxRSS}\n`);
});
