"""
People and what they agreed to; what a tenant asks them for.
"""

from alembic import op

from migrations.access import protect

revision = "0003"
down_revision = "0002"

_TABLES = (
    """
    CREATE TABLE tenant_settings (
        tenant_id UUID NOT NULL,
        zone TEXT,
        revision BIGINT NOT NULL,
        CONSTRAINT tenant_settings_pkey PRIMARY KEY (tenant_id)
    )
    """,
    """
    CREATE TABLE purposes (
        tenant_id UUID NOT NULL,
        purpose TEXT NOT NULL,
        category TEXT NOT NULL,
        CONSTRAINT purposes_pkey PRIMARY KEY (tenant_id, purpose),
        CONSTRAINT purposes_category_check CHECK (category IN ('marketing', 'service', 'transactional', 'collections', 'survey', 'emergency'))
    )
    """,
    """
    CREATE TABLE notices (
        tenant_id UUID NOT NULL,
        notice TEXT NOT NULL,
        version BIGINT NOT NULL,
        locale TEXT NOT NULL,
        text TEXT NOT NULL,
        sha256 BYTEA NOT NULL,
        CONSTRAINT notices_pkey PRIMARY KEY (tenant_id, notice, version, locale),
        CONSTRAINT notices_sha256_check CHECK (octet_length(sha256) = 32)
    )
    """,
    """
    CREATE TABLE senders (
        tenant_id UUID NOT NULL,
        sender_id TEXT NOT NULL,
        phone TEXT NOT NULL,
        country TEXT,
        phone_number_id TEXT,
        restricted BOOLEAN NOT NULL,
        restricted_until TIMESTAMP WITH TIME ZONE,
        CONSTRAINT senders_pkey PRIMARY KEY (tenant_id, sender_id),
        CONSTRAINT senders_tenant_id_phone_key UNIQUE (tenant_id, phone),
        CONSTRAINT senders_tenant_id_phone_number_id_key UNIQUE (tenant_id, phone_number_id)
    )
    """,
    """
    CREATE TABLE channels (
        tenant_id UUID NOT NULL,
        channel_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        sealed_app_secret BYTEA NOT NULL,
        sealed_verify_token BYTEA NOT NULL,
        CONSTRAINT channels_pkey PRIMARY KEY (tenant_id, channel_id),
        CONSTRAINT channels_kind_check CHECK (kind = 'whatsapp')
    )
    """,
    """
    CREATE TABLE contacts (
        tenant_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        wrapped_key BYTEA NOT NULL,
        zone TEXT,
        region TEXT,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT contacts_pkey PRIMARY KEY (tenant_id, contact_id)
    )
    """,
    """
    CREATE TABLE identifiers (
        tenant_id UUID NOT NULL,
        identifier_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        kind TEXT NOT NULL,
        blind_index BYTEA NOT NULL,
        sealed BYTEA NOT NULL,
        region TEXT,
        zones TEXT[] NOT NULL,
        valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
        valid_to TIMESTAMP WITH TIME ZONE,
        CONSTRAINT identifiers_pkey PRIMARY KEY (tenant_id, identifier_id),
        CONSTRAINT identifiers_kind_check CHECK (kind IN ('phone', 'whatsapp_user_id', 'email')),
        CONSTRAINT identifiers_validity_check CHECK (valid_to IS NULL OR valid_to >= valid_from)
    )
    """,
    "CREATE INDEX identifiers_contact_idx ON identifiers (tenant_id, contact_id)",
    "CREATE UNIQUE INDEX identifiers_in_use_key ON identifiers (tenant_id, kind, blind_index) WHERE valid_to IS NULL",
    """
    CREATE TABLE consents (
        tenant_id UUID NOT NULL,
        consent_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        state TEXT NOT NULL,
        purpose TEXT,
        channel TEXT,
        sender_id TEXT,
        technology TEXT[],
        given_at TIMESTAMP WITH TIME ZONE NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE,
        method TEXT NOT NULL,
        basis TEXT,
        jurisdiction TEXT,
        event_id UUID NOT NULL,
        CONSTRAINT consents_pkey PRIMARY KEY (tenant_id, consent_id),
        CONSTRAINT consents_state_check CHECK (state IN ('pending', 'granted', 'refused', 'withdrawn')),
        CONSTRAINT consents_channel_check CHECK (channel IN ('whatsapp_call', 'voice', 'whatsapp_message', 'sms', 'email')),
        CONSTRAINT consents_purpose_check CHECK (state IN ('refused', 'withdrawn') OR purpose IS NOT NULL)
    )
    """,
    "CREATE INDEX consents_contact_idx ON consents (tenant_id, contact_id)",
    """
    CREATE TABLE permissions (
        tenant_id UUID NOT NULL,
        permission_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        sender_id TEXT NOT NULL,
        state TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE,
        automatic BOOLEAN NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT permissions_pkey PRIMARY KEY (tenant_id, permission_id),
        CONSTRAINT permissions_state_check CHECK (state IN ('temporary', 'permanent', 'declined', 'revoked')),
        CONSTRAINT permissions_expiry_check CHECK ((state = 'temporary') = (expires_at IS NOT NULL))
    )
    """,
    "CREATE INDEX permissions_contact_idx ON permissions (tenant_id, contact_id)",
    """
    CREATE TABLE suppressions (
        tenant_id UUID NOT NULL,
        suppression_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        state TEXT NOT NULL,
        purposes TEXT[],
        categories TEXT[],
        channels TEXT[],
        sender_id TEXT,
        lifts UUID,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        method TEXT NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT suppressions_pkey PRIMARY KEY (tenant_id, suppression_id),
        CONSTRAINT suppressions_state_check CHECK (state IN ('set', 'lifted')),
        CONSTRAINT suppressions_lifts_check CHECK (lifts IS NULL OR state = 'lifted')
    )
    """,
    "CREATE INDEX suppressions_contact_idx ON suppressions (tenant_id, contact_id)",
    """
    CREATE TABLE reviews (
        tenant_id UUID NOT NULL,
        review_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        suppression_id UUID NOT NULL,
        asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
        event_id UUID NOT NULL,
        settled_at TIMESTAMP WITH TIME ZONE,
        verdict TEXT,
        CONSTRAINT reviews_pkey PRIMARY KEY (tenant_id, review_id),
        CONSTRAINT reviews_verdict_check CHECK (verdict IN ('opt_out', 'opt_out_partial', 'opt_in', 'none')),
        CONSTRAINT reviews_settled_check CHECK ((settled_at IS NULL) = (verdict IS NULL))
    )
    """,
    "CREATE INDEX reviews_open_idx ON reviews (tenant_id, asked_at) WHERE settled_at IS NULL",
    """
    CREATE TABLE unreadable_items (
        tenant_id UUID NOT NULL,
        item_id UUID NOT NULL,
        channel_id TEXT NOT NULL,
        received_at TIMESTAMP WITH TIME ZONE NOT NULL,
        sealed BYTEA NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT unreadable_items_pkey PRIMARY KEY (tenant_id, item_id)
    )
    """,
    "CREATE INDEX unreadable_items_age_idx ON unreadable_items (tenant_id, received_at)",
)


def upgrade() -> None:
    """Creates the tables and hands them out."""
    for statement in _TABLES:
        op.execute(statement)
    protect("tenant_settings", journal="SELECT, INSERT, UPDATE")
    protect("purposes", journal="SELECT, INSERT")
    protect("notices", journal="SELECT, INSERT")
    protect("senders", journal="SELECT, INSERT, UPDATE")
    protect("channels", journal="SELECT, INSERT")
    protect("contacts", journal="SELECT, INSERT, UPDATE")
    protect("identifiers", journal="SELECT, INSERT, UPDATE")
    protect("consents", journal="SELECT, INSERT")
    protect("permissions", journal="SELECT, INSERT")
    protect("suppressions", journal="SELECT, INSERT")
    protect("reviews", journal="SELECT, INSERT, UPDATE")
    protect("unreadable_items", journal="SELECT, INSERT")


def downgrade() -> None:
    """Drops them."""
    op.execute("DROP TABLE unreadable_items")
    op.execute("DROP TABLE reviews")
    op.execute("DROP TABLE suppressions")
    op.execute("DROP TABLE permissions")
    op.execute("DROP TABLE consents")
    op.execute("DROP TABLE identifiers")
    op.execute("DROP TABLE contacts")
    op.execute("DROP TABLE channels")
    op.execute("DROP TABLE senders")
    op.execute("DROP TABLE notices")
    op.execute("DROP TABLE purposes")
    op.execute("DROP TABLE tenant_settings")
