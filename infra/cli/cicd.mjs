#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import process from 'node:process';
import './require-node.mjs';

const { main } = await import('./main.ts');
process.exit(await main(process.argv.slice(2)));
