import { setFlagsFromString } from 'node:v8';

/*
 * V8 compiles WebAssembly twice: at once and simply, then what is used much again and well. For Ruff's
 * 10 MB the second pass costs more than it gives: over 6 MB of Python 6 s and 300 MB instead of 0.7 s and
 * 30 MB. Has to be loaded before whatever compiles WebAssembly.
 */
setFlagsFromString('--liftoff');
setFlagsFromString('--no-wasm-tier-up');
setFlagsFromString('--no-wasm-dynamic-tiering');
