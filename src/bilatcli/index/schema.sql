-- The index: what packs say, arranged so that each view is one plain statement. Nothing is authored here; `index`
-- compiles it from packs and can do so again at any time. `json` columns hold the text that a document is joined from.

CREATE TABLE input (           -- a file the index was made from, and what tells that it has changed
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,       -- size and time
    digest TEXT NOT NULL       -- of the content
);

CREATE TABLE pack (            -- later layers are laid over earlier ones
    name TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    layer INTEGER NOT NULL,
    title TEXT NOT NULL,
    licence TEXT NOT NULL,
    updated TEXT NOT NULL      -- the day of its last change, as it says
);

CREATE TABLE country (
    code TEXT PRIMARY KEY,     -- ISO 3166-1 alpha-2, or XK
    name TEXT NOT NULL
);

CREATE TABLE name (            -- every text that a country is found by, codes included
    folded TEXT NOT NULL,      -- as `text.fold` writes it
    code TEXT NOT NULL,
    kind TEXT NOT NULL,        -- code, a word of vocabulary.NAME_KINDS, or translation
    PRIMARY KEY (folded, code)
) WITHOUT ROWID;

CREATE TABLE capital (         -- where a country is governed from; degrees north and east, where known
    country TEXT PRIMARY KEY,
    name TEXT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    source TEXT NOT NULL,
    as_of TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE membership (      -- what organisations a country takes part in, and as what
    country TEXT NOT NULL,
    organisation TEXT NOT NULL,
    status TEXT NOT NULL,
    members INTEGER NOT NULL,  -- how many countries take part in it
    PRIMARY KEY (country, organisation)
) WITHOUT ROWID;

CREATE TABLE plain_name (      -- the forms of names that mean one country alone, as `spellings.plain_form` writes them
    form TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    kind TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE spelling (        -- blocks of names that misspelt ones are compared with, as `spellings.Spellings` reads
    script TEXT NOT NULL,      -- "usual", or the script of all names of the block
    length INTEGER NOT NULL,   -- 0, or the number of letters of each
    texts TEXT NOT NULL,
    marks TEXT NOT NULL,
    PRIMARY KEY (script, length)
) WITHOUT ROWID;

CREATE TABLE name_word (       -- the words of countries' names of several words
    word TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE everyday (        -- common English words and names of parts of countries: no misspelt countries
    word TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE joiner (          -- what "and" is in many languages, folded
    word TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE header (          -- what one pack says of a relation as a whole; the last layer's word counts
    relation TEXT NOT NULL,
    pack TEXT NOT NULL,
    json TEXT NOT NULL,        -- the keys that the pack gives
    PRIMARY KEY (relation, pack)
);

CREATE TABLE relation (        -- the headers of all packs laid over one another
    id TEXT PRIMARY KEY,       -- az-pk
    name TEXT NOT NULL,        -- Azerbaijan–Pakistan
    coverage TEXT NOT NULL,    -- curated, or outline where all its facts are
    sources TEXT NOT NULL,     -- ids of the sources its header rests on, a space between two
    json TEXT NOT NULL,        -- as in a document's "relation"
    past TEXT NOT NULL,        -- the same without what holds today
    line TEXT NOT NULL         -- as in the document of the view list
);

CREATE TABLE member (          -- which countries a relation is between
    country TEXT NOT NULL,
    relation TEXT NOT NULL,
    PRIMARY KEY (country, relation)
) WITHOUT ROWID;

CREATE TABLE fact (
    id TEXT NOT NULL UNIQUE,   -- az-pk/jf17-order-2024
    slug TEXT NOT NULL,        -- jf17-order-2024
    relation TEXT NOT NULL,
    pack TEXT NOT NULL,
    topic TEXT NOT NULL,
    grouping TEXT NOT NULL,    -- sorts military facts by kind and chain, stances by issue and holder, then as `ordering`; else ""
    ordering TEXT NOT NULL,    -- sorts by topic, earliest day (undated last), place in the pack, pack
    date TEXT,                 -- EDTF as the pack has it
    first TEXT NOT NULL,       -- the earliest day of the date, "~" where there is none
    last TEXT NOT NULL,        -- the latest day of the date or of its `until`, "" where there is none
    known TEXT NOT NULL,       -- the day from which it can have been known, "" where no date tells
    replaced TEXT,             -- the day from which its status holds, if it had another one before
    ended TEXT,                -- the latest day of its `until`
    before TEXT NOT NULL,      -- the status that it had until then
    event TEXT,                -- what several relations tell of
    outline INTEGER NOT NULL,  -- whether it was generated from a reference work
    headline INTEGER NOT NULL,
    status TEXT NOT NULL,
    verification TEXT NOT NULL,
    successor TEXT,            -- the id of the fact that supersedes this one
    issue TEXT,
    holder TEXT,
    favours TEXT,
    against TEXT,
    chain TEXT,                -- what a story of talks, orders and deliveries is about, as in "JF-17"
    step TEXT,                 -- as in a chain's "steps"
    sources TEXT NOT NULL,     -- ids of sources, a space between two
    words TEXT NOT NULL,       -- what a filter is looked for in, folded, with a space at both ends
    json TEXT NOT NULL,
    number INTEGER PRIMARY KEY -- that of its row in `said`
);

-- What a search looks in, words as `text.cut` has them with a space between two: the text itself is not kept, so a row
-- is taken out by saying again what was put in. Letters beyond ASCII are all letters to this tokenizer, as they should.
CREATE VIRTUAL TABLE said USING fts5 (
    statement,                 -- what the fact says, and a position
    subject,                   -- system, measure, issue, event
    people,                    -- the countries of the relation, and whoever acts
    note,
    titles,                    -- of its sources
    content = '',
    tokenize = 'ascii'
);

CREATE VIRTUAL TABLE said_word USING fts5vocab ('said', 'row'); -- every word that a search can find

CREATE TABLE source (          -- packs that share an id share the record
    id TEXT NOT NULL,
    pack TEXT NOT NULL,
    json TEXT NOT NULL,        -- a CSL-JSON item
    PRIMARY KEY (id, pack)
);

CREATE TABLE evidence (        -- which sources a fact rests on
    fact TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (fact, source)
) WITHOUT ROWID;

CREATE TABLE reference (       -- which sources a relation's facts of a topic rest on, its header under topic "header"
    relation TEXT NOT NULL,
    topic TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (relation, topic, source)
) WITHOUT ROWID;

CREATE TABLE issue (           -- the issues that stances are on
    slug TEXT PRIMARY KEY
);

CREATE TABLE word (            -- every word that a filter can find
    word TEXT PRIMARY KEY,
    packs INTEGER NOT NULL     -- how many packs use it
);
