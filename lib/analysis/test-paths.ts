const testFolder =
  /(^|\/)(tests?|testing|__tests__|__mocks__|spec|specs|e2e|fixtures|benchmarks?)\//i;
const testFile = /(^|\/)(test_[^/]*|[^/]*_test|[^/]*[.-](test|spec)|conftest|tests)\.[a-z]+$/i;

/** True for files of tests, judged by the usual names: other things matter in them. */
export function isTestPath(path: string): boolean {
  return testFolder.test(path) || testFile.test(path);
}
