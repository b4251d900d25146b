// Plain JavaScript on purpose: it has to run on the old Node that it turns away.
import process from 'node:process';

const oldestMajor = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < oldestMajor) {
  process.stderr.write(
    `This needs Node ${oldestMajor} or newer; here is Node ${process.versions.node}.\n` +
      'On Linux `npm ci` brings its own: run it through npm (`npm start`, `npm run cicd -- …`).\n' +
      `Elsewhere install Node ${oldestMajor} first: https://nodejs.org\n`,
  );
  process.exit(2);
}
