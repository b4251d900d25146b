import type { KindCatalogue } from './entry.ts';

/** Programs that the code starts. */
export const subprocesses: KindCatalogue = {
  python: [
    {
      modules: ['subprocess'],
      calls: /^(run|call|check_call|check_output|getoutput|getstatusoutput)$/,
      argument: 'command',
      timeout: ['timeout'],
    },
    { modules: ['subprocess'], calls: /^Popen$/, argument: 'command' },
    {
      modules: ['os'],
      calls: /^(system|popen|startfile|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?|fork)$/,
      argument: 'command',
    },
    { modules: ['commands'], calls: /^(getoutput|getstatusoutput)$/, argument: 'command' },
    {
      modules: ['asyncio'],
      calls: /^create_subprocess_(exec|shell)$/,
      argument: 'command',
    },
    {
      modules: ['pexpect', 'sh', 'plumbum', 'invoke'],
      calls: /^(spawn|run|local)$/,
      argument: 'command',
    },
  ],
  script: [
    {
      modules: ['child_process'],
      calls: /^(exec|execSync|execFile|execFileSync|spawnSync)$/,
      argument: 'command',
      timeout: ['timeout', 'signal'],
    },
    {
      modules: ['child_process'],
      calls: /^(spawn|fork)$/,
      argument: 'command',
      failsByEvent: true,
    },
    {
      modules: ['execa', 'cross-spawn', 'shelljs', 'zx', 'tinyexec', 'nano-spawn'],
      calls: /^(|execa|execaSync|execaCommand|execaNode|\$|sync|spawn|exec|x)$/,
      argument: 'command',
    },
  ],
};
