-- The index: what the packs say, arranged so that each view needs only plain statements. It is
-- compiled from packs and can be rebuilt at any time. Columns called `json` hold the text that a
-- document is joined from. A day is `YYYY-MM-DD`, so that days compare as texts.

CREATE TABLE input (            -- a file that the index was made from
    path TEXT PRIMARY KEY,
    file_stat TEXT NOT NULL,    -- its size and modification time
    digest TEXT NOT NULL        -- of its content
);

CREATE TABLE pack (
    name TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    precedence INTEGER NOT NULL, -- a pack with a higher one overrides the headers of the others
    title TEXT NOT NULL,
    licence TEXT NOT NULL,
    updated TEXT NOT NULL,      -- the day that the pack gives
    digest TEXT NOT NULL        -- SHA-256 of its file and of those of its tables, one after another
);

CREATE TABLE country (
    code TEXT PRIMARY KEY,      -- ISO 3166-1 alpha-2, or XK
    name TEXT NOT NULL
);

CREATE TABLE name (             -- every text that a country is found by, codes included
    normalized TEXT NOT NULL,   -- by `text.normalize`
    code TEXT NOT NULL,
    kind TEXT NOT NULL,         -- `code`, one of vocabulary.NAME_KINDS, or `translation`
    PRIMARY KEY (normalized, code)
) WITHOUT ROWID;

CREATE TABLE capital (          -- coordinates are degrees north and east, or NULL
    country TEXT PRIMARY KEY,
    name TEXT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    source TEXT NOT NULL,
    as_of TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE membership (       -- the organisations that a country takes part in
    country TEXT NOT NULL,
    organisation TEXT NOT NULL, -- its abbreviation
    name TEXT NOT NULL,         -- how it is shown
    status TEXT NOT NULL,       -- such as `member` or `observer`
    members INTEGER NOT NULL,   -- how many countries are members, without observers
    PRIMARY KEY (country, organisation)
) WITHOUT ROWID;

CREATE TABLE plain_name (       -- forms by `name_keys.sort_key_form` that belong to one country only
    form TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    kind TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE name_block (       -- names that a misspelt name is compared with, for `name_keys`
    script TEXT NOT NULL,       -- `usual`, or the script of all names of the block
    length INTEGER NOT NULL,    -- 0, or the number of letters of each name
    names TEXT NOT NULL,        -- one per line
    tags TEXT NOT NULL,         -- country and kind of each name, three letters each
    PRIMARY KEY (script, length)
) WITHOUT ROWID;

CREATE TABLE name_word (        -- the words of country names that have several words
    word TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE common_word (      -- English words, proper nouns: never misspelt countries
    word TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE place (            -- parts of one country: not countries, nor misspelt ones
    normalized TEXT PRIMARY KEY,
    country TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE subject (          -- subjects of questions that are not countries
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,         -- one of vocabulary.SUBJECT_KINDS
    years TEXT,                 -- of a former state: EDTF, from its beginning to its end
    issues TEXT NOT NULL,       -- the issues that it leads to, separated by spaces
    patterns TEXT NOT NULL,     -- of texts that facts mention it by, one per line
    members TEXT NOT NULL,      -- codes of countries, separated by spaces; so are the others
    part_of TEXT NOT NULL,
    successors TEXT NOT NULL,
    as_of TEXT                  -- the day of the members
) WITHOUT ROWID;

CREATE TABLE subject_name (     -- every text that a subject is found by
    normalized TEXT PRIMARY KEY,
    subject TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE subject_block (    -- names that a misspelt name is compared with
    script TEXT PRIMARY KEY,
    names TEXT NOT NULL,        -- one per line
    subjects TEXT NOT NULL      -- the subject of each name, one per line
) WITHOUT ROWID;

CREATE TABLE question_word (    -- words of questions that do not filter facts, normalized
    word TEXT NOT NULL,
    language TEXT NOT NULL,     -- ISO 639-1
    PRIMARY KEY (word, language)
) WITHOUT ROWID;

CREATE TABLE conjunction (      -- `and` in many languages, normalized
    word TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE header (           -- what one pack says about a relation as a whole
    relation TEXT NOT NULL,
    pack TEXT NOT NULL,
    json TEXT NOT NULL,         -- the keys that the pack gives
    PRIMARY KEY (relation, pack)
);

CREATE TABLE relation (         -- the headers of all packs, merged
    id TEXT PRIMARY KEY,        -- az-pk
    name TEXT NOT NULL,         -- Azerbaijan–Pakistan
    coverage TEXT NOT NULL,     -- `curated`, or `outline` if all facts are generated
    source_ids TEXT NOT NULL,   -- the sources of the header, separated by spaces
    json TEXT NOT NULL,         -- "relation" of a document; '' if there are rows of tables only
    established TEXT,           -- when relations were established: EDTF, as in the pack
    established_day TEXT,       -- the first day of that date
    established_source_ids TEXT NOT NULL, -- its sources, separated by spaces
    list_json TEXT NOT NULL     -- the relation in a document of the view `list`; without what
                                -- names it if there are rows of tables only
);

CREATE TABLE member (           -- the countries of a relation
    country TEXT NOT NULL,
    relation TEXT NOT NULL,
    PRIMARY KEY (country, relation)
) WITHOUT ROWID;

CREATE TABLE fact (
    id TEXT NOT NULL UNIQUE,    -- az-pk/jf17-order-2024
    slug TEXT NOT NULL,         -- jf17-order-2024
    relation TEXT NOT NULL,
    pack TEXT NOT NULL,
    topic TEXT NOT NULL,
    group_key TEXT NOT NULL,    -- sorts military facts by kind and chain, stances by issue and
                                -- holder, then as `sort_key`; '' for other topics
    sort_key TEXT NOT NULL,     -- sorts by topic, first day (undated last), place in the pack, pack
    date TEXT,                  -- EDTF, as in the pack
    first_day TEXT NOT NULL,    -- of the date; `~` if undated
    last_day TEXT NOT NULL,     -- of the date or of `until`; '' if undated
    known_day TEXT NOT NULL,    -- the first day on which it can have been known; '' if no date says
    status_day TEXT,            -- the day from which `status` holds, if it was another before
    until_day TEXT,             -- the last day of `until`
    status_before TEXT NOT NULL, -- the status before `status_day`
    event TEXT,                 -- the slug of an event that several relations record
    is_generated INTEGER NOT NULL, -- 1 if the fact comes from a reference work
    is_headline INTEGER NOT NULL,
    is_retracted INTEGER NOT NULL, -- 1 if it was wrong from the start
    rank INTEGER NOT NULL,      -- how telling it is for a summary: 1 is shown first
    status TEXT NOT NULL,
    verification TEXT NOT NULL,
    superseded_by TEXT,         -- the id of another fact
    issue TEXT,
    holder TEXT,
    favours TEXT,
    against TEXT,
    measure TEXT,               -- of a fact that has a measure or a figure: the measure, or ''
    chain TEXT,                 -- the system that talks, orders and deliveries are about: JF-17
    step_json TEXT,             -- the fact as one of the chain's "steps"
    source_ids TEXT NOT NULL,   -- separated by spaces
    filter_words TEXT NOT NULL, -- what a filter is matched with: stems, spaces at both ends
    codes TEXT NOT NULL,        -- of the countries in its JSON, separated by spaces
    json TEXT NOT NULL,
    number INTEGER PRIMARY KEY  -- the rowid of its row in `fact_search`
);

CREATE TABLE data_table (       -- the tables of packs: what makes facts of their rows
    id TEXT PRIMARY KEY,        -- un-votes
    pack TEXT NOT NULL,
    topic TEXT NOT NULL,
    coverage TEXT NOT NULL,     -- of its facts, one of vocabulary.COVERAGES
    file TEXT NOT NULL,         -- the name of the CSV file beside the pack
    row_count INTEGER NOT NULL,
    source_ids TEXT NOT NULL,   -- separated by spaces
    words TEXT NOT NULL,        -- what a search is matched with: stems, spaces at both ends
    plan TEXT NOT NULL          -- JSON, as `packs.table_plan` has it
);

CREATE TABLE table_row (        -- a row of a table; it becomes a fact when it is asked for
    relation TEXT NOT NULL,
    data_table TEXT NOT NULL,
    key TEXT NOT NULL,          -- the id of the fact is RELATION/DATA_TABLE-KEY
    cells TEXT NOT NULL,        -- JSON
    PRIMARY KEY (relation, data_table, key)
) WITHOUT ROWID;

-- The stems of the words of each fact by `text.search_tokens`, separated by spaces. No content kept:
-- a row is deleted by passing the values that were inserted. To this tokenizer every character
-- beyond ASCII is a letter, which is what we want.
CREATE VIRTUAL TABLE fact_search USING fts5 (
    statement,                  -- text and position
    subject,                    -- system, measure, issue, event
    people,                     -- the countries of the relation and all actors
    note,
    titles,                     -- of its sources
    content = '',
    tokenize = 'ascii'
);

CREATE TABLE source (           -- packs that share an id share the record
    id TEXT NOT NULL,
    pack TEXT NOT NULL,
    json TEXT NOT NULL,         -- a CSL-JSON item
    PRIMARY KEY (id, pack)
);

CREATE TABLE evidence (         -- the sources of a fact
    fact TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (fact, source)
) WITHOUT ROWID;

CREATE TABLE filed_elsewhere (  -- the facts in which both countries of a pair take part, or are
                                -- named, filed under other relations; without generated ones
    pair TEXT NOT NULL,         -- written as the id of a relation
    fact TEXT NOT NULL,
    PRIMARY KEY (pair, fact)
) WITHOUT ROWID;

CREATE TABLE reference (        -- the sources of a relation's facts on a topic
    relation TEXT NOT NULL,
    topic TEXT NOT NULL,        -- or `header`, for those of the relation as a whole
    source TEXT NOT NULL,
    PRIMARY KEY (relation, topic, source)
) WITHOUT ROWID;

CREATE TABLE issue (            -- the issues of stances
    slug TEXT PRIMARY KEY
);

CREATE TABLE fact_word (        -- every word of facts, as it is written
    word TEXT NOT NULL,
    pack TEXT NOT NULL,
    stem TEXT NOT NULL,         -- by `stems.stem_word`; '' if the word has no forms
    is_filter INTEGER NOT NULL, -- 1 if a filter can match it
    is_search INTEGER NOT NULL, -- 1 if a search can find it
    PRIMARY KEY (word, pack)
) WITHOUT ROWID;
