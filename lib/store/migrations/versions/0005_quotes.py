"""Quoting: catalogue, approval, fulfilment, subscription changes, offers, concessions."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


GUARDS = {'sqlite': ['CREATE TRIGGER quote_event_no_UPDATE BEFORE UPDATE ON quote_event\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_event is append-only'); END",
            'CREATE TRIGGER quote_event_no_DELETE BEFORE DELETE ON quote_event\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_event is append-only'); END",
            'CREATE TRIGGER quote_evidence_no_UPDATE BEFORE UPDATE ON quote_evidence\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_evidence is append-only'); END",
            'CREATE TRIGGER quote_evidence_no_DELETE BEFORE DELETE ON quote_evidence\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_evidence is append-only'); END",
            'CREATE TRIGGER quote_version_issued BEFORE UPDATE ON quote_version WHEN OLD.pdf IS NOT NULL '
            'AND (NEW.quote_id IS NOT OLD.quote_id OR NEW.revision IS NOT OLD.revision OR NEW.book_id IS '
            'NOT OLD.book_id OR NEW.currency IS NOT OLD.currency OR NEW.language IS NOT OLD.language OR '
            'NEW.starts_on IS NOT OLD.starts_on OR NEW.term_months IS NOT OLD.term_months OR NEW.prepaid '
            'IS NOT OLD.prepaid OR NEW.discount IS NOT OLD.discount OR NEW.valid_until IS NOT '
            'OLD.valid_until OR NEW.list_minor IS NOT OLD.list_minor OR NEW.net_minor IS NOT OLD.net_minor '
            'OR NEW.arr_minor IS NOT OLD.arr_minor OR NEW.cost_minor IS NOT OLD.cost_minor OR '
            'NEW.effective_discount IS NOT OLD.effective_discount OR NEW.content_hash IS NOT '
            'OLD.content_hash OR NEW.snapshot IS NOT OLD.snapshot OR NEW.pdf IS NOT OLD.pdf OR '
            'NEW.issued_at IS NOT OLD.issued_at)\n'
            "BEGIN SELECT RAISE(ABORT, 'what was issued stays as it is'); END",
            'CREATE TRIGGER quote_version_ended BEFORE UPDATE ON quote_version WHEN OLD.status <> '
            "NEW.status AND (OLD.status IN ('accepted', 'declined', 'withdrawn', 'replaced')\n"
            "OR (OLD.status = 'expired' AND NEW.status <> 'accepted'))\n"
            "BEGIN SELECT RAISE(ABORT, 'what was issued stays as it is'); END",
            'CREATE TRIGGER quote_version_kept BEFORE DELETE ON quote_version WHEN OLD.pdf IS NOT NULL\n'
            "BEGIN SELECT RAISE(ABORT, 'what was issued stays as it is'); END",
            'CREATE TRIGGER quote_line_issued BEFORE UPDATE ON quote_line WHEN EXISTS (SELECT 1 FROM '
            'quote_version v WHERE v.id = OLD.quote_version_id AND v.pdf IS NOT NULL)\n'
            "BEGIN SELECT RAISE(ABORT, 'what was issued stays as it is'); END",
            'CREATE TRIGGER quote_line_kept BEFORE DELETE ON quote_line WHEN EXISTS (SELECT 1 FROM '
            'quote_version v WHERE v.id = OLD.quote_version_id AND v.pdf IS NOT NULL)\n'
            "BEGIN SELECT RAISE(ABORT, 'what was issued stays as it is'); END"],
 'postgresql': ['CREATE TRIGGER quote_event_no_UPDATE BEFORE UPDATE ON quote_event\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_event_no_DELETE BEFORE DELETE ON quote_event\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_evidence_no_UPDATE BEFORE UPDATE ON quote_evidence\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_evidence_no_DELETE BEFORE DELETE ON quote_evidence\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE FUNCTION desk_issued() RETURNS trigger LANGUAGE plpgsql AS\n'
                "$$ BEGIN RAISE EXCEPTION 'what was issued stays as it is'; END $$",
                'CREATE FUNCTION desk_issued_line() RETURNS trigger LANGUAGE plpgsql AS\n'
                '$$ BEGIN\n'
                'IF EXISTS (SELECT 1 FROM quote_version v WHERE v.id = OLD.quote_version_id AND v.pdf IS '
                "NOT NULL) THEN RAISE EXCEPTION 'what was issued stays as it is'; END IF;\n"
                "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n"
                'RETURN NEW; END $$',
                'CREATE TRIGGER quote_version_issued BEFORE UPDATE ON quote_version FOR EACH ROW WHEN '
                '(OLD.pdf IS NOT NULL AND (NEW.quote_id IS DISTINCT FROM OLD.quote_id OR NEW.revision IS '
                'DISTINCT FROM OLD.revision OR NEW.book_id IS DISTINCT FROM OLD.book_id OR NEW.currency IS '
                'DISTINCT FROM OLD.currency OR NEW.language IS DISTINCT FROM OLD.language OR NEW.starts_on '
                'IS DISTINCT FROM OLD.starts_on OR NEW.term_months IS DISTINCT FROM OLD.term_months OR '
                'NEW.prepaid IS DISTINCT FROM OLD.prepaid OR NEW.discount IS DISTINCT FROM OLD.discount OR '
                'NEW.valid_until IS DISTINCT FROM OLD.valid_until OR NEW.list_minor IS DISTINCT FROM '
                'OLD.list_minor OR NEW.net_minor IS DISTINCT FROM OLD.net_minor OR NEW.arr_minor IS '
                'DISTINCT FROM OLD.arr_minor OR NEW.cost_minor IS DISTINCT FROM OLD.cost_minor OR '
                'NEW.effective_discount IS DISTINCT FROM OLD.effective_discount OR NEW.content_hash IS '
                'DISTINCT FROM OLD.content_hash OR NEW.snapshot::text IS DISTINCT FROM OLD.snapshot::text '
                'OR NEW.pdf IS DISTINCT FROM OLD.pdf OR NEW.issued_at IS DISTINCT FROM OLD.issued_at)) '
                'EXECUTE FUNCTION desk_issued()',
                'CREATE TRIGGER quote_version_ended BEFORE UPDATE ON quote_version FOR EACH ROW WHEN '
                "(OLD.status <> NEW.status AND (OLD.status IN ('accepted', 'declined', 'withdrawn', "
                "'replaced')\n"
                "OR (OLD.status = 'expired' AND NEW.status <> 'accepted'))) EXECUTE FUNCTION desk_issued()",
                'CREATE TRIGGER quote_version_kept BEFORE DELETE ON quote_version FOR EACH ROW WHEN '
                '(OLD.pdf IS NOT NULL) EXECUTE FUNCTION desk_issued()',
                'CREATE TRIGGER quote_line_issued BEFORE UPDATE ON quote_line FOR EACH ROW EXECUTE '
                'FUNCTION desk_issued_line()',
                'CREATE TRIGGER quote_line_kept BEFORE DELETE ON quote_line FOR EACH ROW EXECUTE FUNCTION '
                'desk_issued_line()']}

LIFTED = {'sqlite': ['DROP TRIGGER quote_version_issued',
            'DROP TRIGGER quote_version_ended',
            'DROP TRIGGER quote_version_kept',
            'DROP TRIGGER quote_line_issued',
            'DROP TRIGGER quote_line_kept'],
 'postgresql': ['DROP TRIGGER quote_version_issued ON quote_version',
                'DROP TRIGGER quote_version_ended ON quote_version',
                'DROP TRIGGER quote_version_kept ON quote_version',
                'DROP TRIGGER quote_line_issued ON quote_line',
                'DROP TRIGGER quote_line_kept ON quote_line',
                'DROP FUNCTION desk_issued()',
                'DROP FUNCTION desk_issued_line()']}


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table('quote_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quote_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('source', sa.String(length=16), nullable=False),
    sa.Column('happened_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('recorded_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('dedupe_key', sa.String(length=160), nullable=False),
    sa.Column('note', sa.String(length=1000), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quote_event_person_id')),
    sa.ForeignKeyConstraint(['quote_id'], ['quote.id'], name=op.f('fk_quote_event_quote_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_event')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_quote_event_dedupe_key'))
    )
    with op.batch_alter_table('quote_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_event_quote_id'), ['quote_id'], unique=False)

    op.create_table('quote_evidence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quote_version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('signer', sa.String(length=255), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('reference', sa.String(length=255), nullable=True),
    sa.Column('file_name', sa.String(length=255), nullable=True),
    sa.Column('media_type', sa.String(length=32), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('late_reason', sa.String(length=1000), nullable=True),
    sa.Column('recorded_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('recorded_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['quote_version_id'], ['quote_version.id'], name=op.f('fk_quote_evidence_quote_version_id')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_quote_evidence_recorded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_evidence'))
    )
    with op.batch_alter_table('quote_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_evidence_quote_version_id'), ['quote_version_id'], unique=False)

    # ### end Alembic commands ###

    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in LIFTED[op.get_bind().dialect.name]:
        op.execute(statement)
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table('quote_evidence', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_evidence_quote_version_id'))

    op.drop_table('quote_evidence')
    with op.batch_alter_table('quote_event', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_event_quote_id'))

    op.drop_table('quote_event')
    # ### end Alembic commands ###
