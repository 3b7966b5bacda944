/** Words for pet names. */
export const ADJECTIVES = [
  ...[
    "able",
    "bold",
    "brave",
    "bright",
    "calm",
    "clever",
    "eager",
    "fair",
    "fine",
    "gentle",
    "glad",
  ],
  ...[
    "grand",
    "happy",
    "kind",
    "light",
    "lively",
    "loyal",
    "merry",
    "mild",
    "neat",
    "noble",
    "proud",
  ],
  ...["quick", "quiet", "sharp", "smart", "steady", "sunny", "swift", "warm", "wise", "witty"],
];

export const NAMES = [
  ...["badger", "beaver", "bison", "cat", "crane", "deer", "dolphin", "eagle", "falcon", "ferret"],
  ...["finch", "fox", "gecko", "heron", "horse", "ibex", "jay", "koala", "lark", "lynx", "marten"],
  ...["newt", "otter", "owl", "panda", "puma", "quail", "raven", "robin", "seal", "stork", "wren"],
];
