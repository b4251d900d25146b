import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportSchema, type Report } from '../../lib/domain/report.ts';
import { runCicd } from './run-cicd.ts';

export interface AnalyseFolderRequest {
  /** Absolute path of the source's root. */
  folder: string;
  /** Globs of the component's files, relative to the root. */
  paths: string[];
  /** The component's name. */
  component: string;
}

/** Runs a component analysis by the command line, on a data folder of its own. */
export async function analyseFolder(request: AnalyseFolderRequest): Promise<Report> {
  const data = await mkdtemp(join(tmpdir(), 'cicd-analyse-'));
  try {
    const out = join(data, 'report.json');
    const paths = request.paths.flatMap((path) => ['--path', path]);
    const { exitCode, stderr } = await runCicd(
      ['analyze', request.component, '--source', request.folder, '--data', data].concat(
        ['--format', 'json', '--out', out],
        paths,
      ),
    );
    if (exitCode !== 0) throw new Error(`The analysis failed:\n${stderr}`);
    return reportSchema.parse(JSON.parse(await readFile(out, 'utf8')));
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
