import { describe, expect, it } from 'vitest';
import {
  carriesMarker,
  isSameText,
  issueTextOf,
} from '../../../../lib/adapters/github/code-host/issue-marker.ts';
import type { MarkedIssue } from '../../../../lib/ports/code-host.ts';

function anIssue(changes: Partial<MarkedIssue> = {}): MarkedIssue {
  return {
    repository: 'acme/shop',
    marker: 'component-analysis:lib',
    title: 'Component lib',
    body: 'All is well.',
    open: true,
    ...changes,
  };
}

describe('the text of a marked issue', () => {
  it('carries its marker, where nobody sees it', () => {
    const { body } = issueTextOf(anIssue());
    expect(body).toBe('<!-- cicd:component-analysis:lib -->\nAll is well.');
    expect(carriesMarker(body, 'component-analysis:lib')).toBe(true);
  });

  it('is told apart from one whose marker begins alike', () => {
    const { body } = issueTextOf(anIssue({ marker: 'component-analysis:lib/flows' }));
    expect(carriesMarker(body, 'component-analysis:lib')).toBe(false);
  });

  it('is not taken for that of a marker that the report quotes', () => {
    const quote = 'Found in a.py: `<!-- cicd:component-analysis:infra -->`';
    const { body } = issueTextOf(anIssue({ body: quote }));
    expect(carriesMarker(body, 'component-analysis:infra')).toBe(false);
  });

  it('is never longer than GitHub takes, marker and all', () => {
    const { body } = issueTextOf(anIssue({ body: 'A line of the report.\n'.repeat(5_000) }));
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toContain('all of it is too long');
    expect(carriesMarker(body, 'component-analysis:lib')).toBe(true);
  });

  it('has its title in one line of 256 characters', () => {
    const { title } = issueTextOf(anIssue({ title: `Two\nlines ${'x'.repeat(300)}` }));
    expect(Array.from(title)).toHaveLength(256);
    expect(title).toMatch(/^Two ⏎ lines x+…$/);
  });

  it('is the same after an edit in the browser that changed line ends only', () => {
    const text = issueTextOf(anIssue({ body: 'One\nTwo' }));
    expect(isSameText({ ...text, body: `${text.body.replaceAll('\n', '\r\n')}\r\n` }, text)).toBe(
      true,
    );
    expect(isSameText({ ...text, body: `${text.body}!` }, text)).toBe(false);
    expect(isSameText({ ...text, title: 'Other' }, text)).toBe(false);
    expect(isSameText({ ...text, state: 'closed' }, text)).toBe(false);
  });
});
