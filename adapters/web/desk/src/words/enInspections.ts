import type { zhInspections } from './zhInspections'

export const enInspections: typeof zhInspections = {
  inspections: {
    never: 'Nobody has done it since this instance started.',
    running: (by, since, rows) => `Begun by ${by} at ${since}, and running: ${rows}`,
    ended: (by, at) => `Last begun by ${by}; it ended at ${at}.`,
    failed: (why) => `It did not come to its end: ${why}`,
  },
  ledger: {
    legend:
      'Verifies the whole ledger: its entries with each other, with the anchors, and with the rows of the database. It does not disturb the host, and changes nothing.',
    verify: 'Verify',
    read: (n) => `${n} entries verified`,
    entries: 'Entries',
    ratings: 'Ratings',
    anchors: 'Anchors',
    notAnchored: 'Entries not anchored yet',
    findings: 'Findings',
    finding: 'Finding',
    text: 'What it is',
    lane: 'Lane',
    seq: 'Number',
    sound: 'Nothing was changed.',
  },
  coverage: {
    legend:
      'Of what was completed in these days: whether every item, department, person, window and channel was rated. Each that was not is named.',
    from: 'Completed from',
    to: 'Completed to',
    look: 'Look',
    read: (n) => `${n} cases read`,
    part: 'What',
    parts: { items: 'Items', departments: 'Departments', people: 'People', windows: 'Windows', channels: 'Channels' },
    all: 'To be covered',
    covered: 'Covered',
    share: 'Share',
    gaps: 'Not covered',
    noGaps: 'All is covered.',
    code: 'Code',
    name: 'Name',
    strangeWindows: (windows) =>
      `Windows that somebody has come to and nobody on the roster has: ${windows}. Check what the host reports, or put them on the roster.`,
    unreadable: (n) => `The handlers of ${n} cases do not open, and are not counted: check old_key_files.`,
  },
}
