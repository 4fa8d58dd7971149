"""
What a database's schema is, as sorted sentences that can be compared: also what alembic's own comparison never sees.

Triggers, policies, grants, functions and owners are no part of SQLAlchemy's metadata, and they carry the promise that
the log only grows.  Names stand for objects, never their numbers, so two databases made alike give the same answer.
"""

import asyncpg

# Each query gives one column of text.  Ours is what lies outside PostgreSQL's own schemas; alembic's note of the
# revision is no part of the schema it describes.
_OURS = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relname !~ '^alembic_version'"

_RELATIONS = f"""
    SELECT format('%s %s.%s: owner %s, row security %s, forced %s, grants %s, options %s, partition %s',
        c.relkind, n.nspname, c.relname, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity,
        ARRAY(SELECT unnest(c.relacl)::text ORDER BY 1), c.reloptions,
        coalesce(pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid)))
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS}
"""

_COLUMNS = f"""
    SELECT format('column %s.%s.%s: %s, not null %s, default %s, identity %s, generated %s, collation %s, grants %s',
        n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, a.attcollation::regcollation,
        ARRAY(SELECT unnest(a.attacl)::text ORDER BY 1))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND {_OURS}
"""

_CONSTRAINTS = f"""
    SELECT format('constraint %s.%s.%s: %s, validated %s',
        n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid), k.convalidated)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE {_OURS}
"""

_INDEXES = f"""
    SELECT format('index: %s, valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS}
"""

_TRIGGERS = f"""
    SELECT format('trigger: %s, enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND {_OURS}
"""

_POLICIES = """
    SELECT format('policy %s.%s.%s: %s to %s for %s using %s with check %s',
        schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check)
    FROM pg_policies
"""

_FUNCTIONS = """
    SELECT format('function: %s, owner %s, grants %s',
        pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner), ARRAY(SELECT unnest(p.proacl)::text ORDER BY 1))
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prokind IN ('f', 'p')
"""

_TYPES = """
    SELECT format('enum %s.%s: %s', n.nspname, t.typname, ARRAY(SELECT e.enumlabel FROM pg_enum e
        WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder))
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'
"""

_SCHEMAS = """
    SELECT format('schema %s: owner %s, grants %s', nspname, pg_get_userbyid(nspowner),
        -- No grants at all and the grants that a schema is born with are the same thing.
        ARRAY(SELECT unnest(coalesce(nspacl, acldefault('n', nspowner)))::text ORDER BY 1))
    FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
"""

_DEFAULTS = """
    SELECT format('default grants of %s in %s on %s: %s', pg_get_userbyid(defaclrole), defaclnamespace::regnamespace,
        defaclobjtype, ARRAY(SELECT unnest(defaclacl)::text ORDER BY 1))
    FROM pg_default_acl
"""

_ROLES = """
    SELECT format('role %s: log in %s, superuser %s, bypasses row security %s, makes roles %s, member of %s',
        r.rolname, r.rolcanlogin, r.rolsuper, r.rolbypassrls, r.rolcreaterole,
        ARRAY(SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = r.oid ORDER BY 1))
    FROM pg_roles r WHERE r.rolname !~ '^pg_'
"""

_EXTENSIONS = "SELECT format('extension %s', extname) FROM pg_extension"

_QUERIES = (
    _RELATIONS,
    _COLUMNS,
    _CONSTRAINTS,
    _INDEXES,
    _TRIGGERS,
    _POLICIES,
    _FUNCTIONS,
    _TYPES,
    _SCHEMAS,
    _DEFAULTS,
    _ROLES,
    _EXTENSIONS,
)


async def catalogue(url: str) -> frozenset[str]:
    """Every fact of the schema behind this address, one sentence each; roles are those of the whole server."""
    connection = await asyncpg.connect(url)
    try:
        return frozenset([row[0] for query in _QUERIES for row in await connection.fetch(query)])
    finally:
        await connection.close()
