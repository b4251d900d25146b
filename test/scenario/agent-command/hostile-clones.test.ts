import { chmodSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { runGit } from '../../support/github/git/run-git.ts';
import { folderWith, temporaryFolder } from '../../support/temporary-folder.ts';
import { startWorkplace } from './command-fixture.ts';

test('what an agent leaves in its clone executes nothing on the host and leaks no file', async () => {
  const outside = temporaryFolder();
  const executed = join(outside, 'executed');
  const trap = join(outside, 'trap');
  writeFileSync(trap, `#!/bin/sh\ntouch ${executed}\ncat\n`, { mode: 0o755 });
  writeFileSync(join(outside, 'secret.txt'), 'do not tell\n');
  const { request, run, server } = await startWorkplace();
  const asked = request({
    prompt: `
      for hook in pre-commit commit-msg post-commit pre-push post-index-change reference-transaction; do
        cp ${trap} .git/hooks/$hook 2>/dev/null || { mkdir -p .git/hooks; cp ${trap} .git/hooks/$hook; }
      done
      for setting in filter.trap.clean filter.trap.process core.fsmonitor core.sshCommand \
          diff.external credential.helper gpg.program uploadpack.packObjectsHook; do
        git config $setting ${trap}
      done
      git config commit.gpgSign true
      echo '* filter=trap diff=trap' > .gitattributes
      git init --quiet nested && git -C nested config core.fsmonitor ${trap}
      echo 1 > nested/file
      git -C nested -c core.fsmonitor= -c user.name=x -c user.email=x commit --quiet --allow-empty -m x
      ln -s ${outside} link
      rm -r src && ln -s ${outside} src
      echo changed >> README.md
      rm -f ${executed}`,
  });

  const view = await run(asked);

  expect(view).toMatchObject({ state: 'succeeded', problem: null });
  expect(existsSync(executed)).toBe(false);
  const repository = server.repository('acme/shop');
  const commit = repository.commits.get(repository.branches.get(`cicd/${asked.id}`) ?? '');
  expect(commit?.files).toMatchObject({
    'README.md': '# Shop\nchanged\n',
    'nested/file': '1\n',
    link: outside,
    src: outside,
  });
  expect(JSON.stringify(commit?.files)).not.toContain('do not tell');
});

test('what is published is what was asked for, whatever an agent writes beside its clone', async () => {
  const repositories = ['acme/shop', 'acme/payroll'].map((name) => ({ name, files: { a: '1' } }));
  const { folder, request, run, server } = await startWorkplace({ seed: { repositories } });
  const base = server.repository('acme/payroll').branches.get('main');
  const [reading, working] = [request({ mayChangeCode: false }), request()];
  const forged = {
    result: {
      endedBy: 'exit',
      exitCode: 0,
      signal: null,
      problem: null,
      startedAt: '',
      endedAt: '',
    },
    publication: {
      attempts: 1,
      isOver: true,
      pullRequests: [{ url: 'https://evil.example', title: 'x', branch: null }],
      problem: null,
    },
  };
  const orders = (id: string) => `
    cd ${join(folder, id)}
    sed -i -e 's#acme/shop#acme/payroll#g' -e 's#"mayChangeCode":false#"mayChangeCode":true#' \
      -e 's#"base":"[0-9a-f]*"#"base":"${base}"#' *.json
    echo '${JSON.stringify(forged.publication)}' > publication.json
    echo '${JSON.stringify(forged.result)}' > result.json
    sleep 0.2; cd -; echo 2 > b; echo Done.`;

  const views = await Promise.all([
    run({ ...reading, prompt: orders(reading.id) }),
    run({ ...working, prompt: orders(working.id) }),
  ]);

  const branch = `cicd/${working.id}`;
  expect(views.map(({ text }) => text?.includes('Done.'))).toEqual([true, true]);
  expect(views.map(({ pullRequests }) => pullRequests)).toMatchObject([[], [{ branch }]]);
  expect([...server.repository('acme/payroll').branches.keys()]).toEqual(['main']);
  expect([...server.repository('acme/shop').branches.keys()]).toEqual(['main', branch]);
});

test('a clone that was replaced by something else is not read', async () => {
  const { run, server } = await startWorkplace();
  const home = folderWith({ 'private.txt': 'do not tell\n' });

  const view = await run({ prompt: `here=$(pwd); cd ..; rm -r "$here"; ln -s ${home} "$here"` });

  expect(view).toMatchObject({ state: 'succeeded', pullRequests: [] });
  expect(view.problem).toContain('put something else in its place');
  expect(server.repository('acme/shop').branches.size).toBe(1);
});

const inFolder = (path: string) => ({ source: { kind: 'folder', path } as const, commit: null });

/** A repository on this machine in which every file can be executed. */
async function repositoryOf(files: Record<string, string>): Promise<string> {
  const folder = folderWith(files);
  for (const path of Object.keys(files)) chmodSync(join(folder, path), 0o755);
  const author = ['-c', 'user.name=ada', '-c', 'user.email=ada@example.com'];
  await runGit(folder, ['init', '--quiet']);
  await runGit(folder, ['add', '--all']);
  await runGit(folder, [...author, 'commit', '--quiet', '-m', 'Begin']);
  return folder;
}

test('programs are those of the host, whatever a clone has by their names', async () => {
  const outside = folderWith({ 'agent.sh': '#!/bin/sh\ndate +Trusted\n' });
  chmodSync(join(outside, 'agent.sh'), 0o755);
  const trap = `#!/bin/sh\ntouch ${join(outside, 'executed')}\nexec "/usr/bin/$(basename "$0")" "$@"\n`;
  const { run } = await startWorkplace({
    environment: { PATH: `:.:${process.env['PATH']}` },
    settings: { run: [relative(process.cwd(), join(outside, 'agent.sh'))] },
  });

  const view = await run(inFolder(await repositoryOf({ git: trap, date: trap })));

  expect(view).toMatchObject({ state: 'succeeded', text: 'Trusted\n', problem: null });
  expect(existsSync(join(outside, 'executed'))).toBe(false);
});

test('a folder is worked on in a copy of its files as they are, without what it ignores and without secrets', async () => {
  const { run } = await startWorkplace();
  const plain = folderWith({
    'a.ts': '1',
    '.env': 'KEY=1',
    'keys/id_ed25519': '',
    'ignored.log': '',
    '.gitignore': '*.log\n',
    'node_modules/x.js': '',
  });
  const repository = await repositoryOf({ 'b.ts': '1' });
  writeFileSync(join(repository, '.env'), 'KEY=1');
  writeFileSync(join(repository, 'b.ts'), 'not committed');
  writeFileSync(join(repository, 'new.sh'), '', { mode: 0o755 });
  symlinkSync('/etc/passwd', join(repository, 'link'));
  const prompt = 'git status --porcelain; git ls-files; ls -A';

  const [copied, cloned, changed] = await Promise.all([
    run({ ...inFolder(plain), prompt }),
    run({ ...inFolder(repository), prompt: `${prompt}; cat b.ts; test -x new.sh && echo ' runs'` }),
    run({ ...inFolder(plain), prompt: 'echo 2 > a.ts' }),
  ]);

  const seen = ['.gitignore', 'a.ts'];
  expect(copied.text?.trim().split('\n')).toEqual([...seen, '.git', ...seen]);
  expect(copied.problem).toBeNull();
  const files = ['b.ts', 'new.sh'];
  expect(cloned.text?.trim().split('\n')).toEqual([
    ...files,
    '.git',
    ...files,
    'not committed runs',
  ]);
  expect(changed).toMatchObject({ state: 'succeeded', pullRequests: [] });
  expect(changed.problem).toMatch(
    /^Changes of a folder are not published: they are in agent-runs\/work\/.*\/clone\.$/,
  );
  expect(existsSync(join(plain, '.git'))).toBe(false);
});
