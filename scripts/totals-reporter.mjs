/**
 * Reporter for web-test-runner whose last line is `N passed, N failed`, for `scripts/test.mjs` to read. A file that could
 * not be run at all counts as one failed test.
 * @returns {import('@web/test-runner').Reporter}
 */
export function totalsReporter() {
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0;
      let failed = 0;
      for (const session of sessions) {
        const tests = session.testResults ? flatten(session.testResults) : [];
        const failures = tests.filter((test) => !test.passed && !test.skipped).length;
        passed += tests.filter((test) => test.passed).length;
        failed += !session.passed && failures === 0 ? 1 : failures;
      }
      console.log(`${passed} passed, ${failed} failed`);
    },
  };
}

/**
 * @param {import('@web/test-runner-core').TestSuiteResult} suite
 * @returns {import('@web/test-runner-core').TestResult[]}
 */
function flatten(suite) {
  return [...suite.tests, ...suite.suites.flatMap(flatten)];
}
