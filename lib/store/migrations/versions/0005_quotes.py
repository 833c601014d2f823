"""Quoting: catalogue, approval, fulfilment, subscription changes, offers, concessions."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


GUARDS = {'sqlite': ['CREATE TRIGGER arr_movement_no_UPDATE BEFORE UPDATE ON arr_movement\n'
            "BEGIN SELECT RAISE(ABORT, 'arr_movement is append-only'); END",
            'CREATE TRIGGER arr_movement_no_DELETE BEFORE DELETE ON arr_movement\n'
            "BEGIN SELECT RAISE(ABORT, 'arr_movement is append-only'); END",
            'CREATE TRIGGER quote_event_no_UPDATE BEFORE UPDATE ON quote_event\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_event is append-only'); END",
            'CREATE TRIGGER quote_event_no_DELETE BEFORE DELETE ON quote_event\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_event is append-only'); END",
            'CREATE TRIGGER quote_evidence_no_UPDATE BEFORE UPDATE ON quote_evidence\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_evidence is append-only'); END",
            'CREATE TRIGGER quote_evidence_no_DELETE BEFORE DELETE ON quote_evidence\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_evidence is append-only'); END",
            'CREATE TRIGGER quote_question_no_UPDATE BEFORE UPDATE ON quote_question\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_question is append-only'); END",
            'CREATE TRIGGER quote_question_no_DELETE BEFORE DELETE ON quote_question\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_question is append-only'); END",
            'CREATE TRIGGER quote_refusal_no_UPDATE BEFORE UPDATE ON quote_refusal\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_refusal is append-only'); END",
            'CREATE TRIGGER quote_refusal_no_DELETE BEFORE DELETE ON quote_refusal\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_refusal is append-only'); END",
            'CREATE TRIGGER quote_vote_no_UPDATE BEFORE UPDATE ON quote_vote\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_vote is append-only'); END",
            'CREATE TRIGGER quote_vote_no_DELETE BEFORE DELETE ON quote_vote\n'
            "BEGIN SELECT RAISE(ABORT, 'quote_vote is append-only'); END",
            'CREATE TRIGGER renewal_payment_no_UPDATE BEFORE UPDATE ON renewal_payment\n'
            "BEGIN SELECT RAISE(ABORT, 'renewal_payment is append-only'); END",
            'CREATE TRIGGER renewal_payment_no_DELETE BEFORE DELETE ON renewal_payment\n'
            "BEGIN SELECT RAISE(ABORT, 'renewal_payment is append-only'); END",
            'CREATE TRIGGER account_day_sheet_INSERT AFTER INSERT ON account_day\n'
            'BEGIN DELETE FROM activity_sheet WHERE day = NEW.day AND block = NEW.account_id / 1024; END',
            'CREATE TRIGGER account_day_sheet_UPDATE AFTER UPDATE ON account_day\n'
            'BEGIN DELETE FROM activity_sheet WHERE day = OLD.day AND block = OLD.account_id / 1024; '
            'DELETE FROM activity_sheet WHERE day = NEW.day AND block = NEW.account_id / 1024; END',
            'CREATE TRIGGER account_day_sheet_DELETE AFTER DELETE ON account_day\n'
            'BEGIN DELETE FROM activity_sheet WHERE day = OLD.day AND block = OLD.account_id / 1024; END',
            'CREATE TRIGGER quote_version_issued BEFORE UPDATE ON quote_version WHEN OLD.pdf IS NOT NULL '
            'AND (NEW.id IS NOT OLD.id OR NEW.quote_id IS NOT OLD.quote_id OR NEW.revision IS NOT '
            'OLD.revision OR NEW.book_id IS NOT OLD.book_id OR NEW.currency IS NOT OLD.currency OR '
            'NEW.language IS NOT OLD.language OR NEW.starts_on IS NOT OLD.starts_on OR NEW.term_months IS '
            'NOT OLD.term_months OR NEW.prepaid IS NOT OLD.prepaid OR NEW.discount IS NOT OLD.discount OR '
            'NEW.justification IS NOT OLD.justification OR NEW.discovery IS NOT OLD.discovery OR '
            'NEW.valid_until IS NOT OLD.valid_until OR NEW.edited_by IS NOT OLD.edited_by OR '
            'NEW.contact_id IS NOT OLD.contact_id OR NEW.approver_level IS NOT OLD.approver_level OR '
            'NEW.list_minor IS NOT OLD.list_minor OR NEW.net_minor IS NOT OLD.net_minor OR NEW.arr_minor '
            'IS NOT OLD.arr_minor OR NEW.cost_minor IS NOT OLD.cost_minor OR NEW.effective_discount IS NOT '
            'OLD.effective_discount OR NEW.content_hash IS NOT OLD.content_hash OR NEW.snapshot IS NOT '
            'OLD.snapshot OR NEW.pdf IS NOT OLD.pdf OR NEW.tax_mode IS NOT OLD.tax_mode OR NEW.tax_minor '
            'IS NOT OLD.tax_minor OR NEW.gift_minor IS NOT OLD.gift_minor OR NEW.choices IS NOT '
            'OLD.choices OR NEW.ends_on IS NOT OLD.ends_on OR NEW.co_term_contract_id IS NOT '
            'OLD.co_term_contract_id OR NEW.amends_contract_id IS NOT OLD.amends_contract_id OR '
            'NEW.price_lock_until IS NOT OLD.price_lock_until OR NEW.net_days IS NOT OLD.net_days OR '
            'NEW.payment_terms IS NOT OLD.payment_terms OR NEW.clauses IS NOT OLD.clauses OR NEW.industry '
            'IS NOT OLD.industry OR NEW.size_band IS NOT OLD.size_band OR NEW.template_code IS NOT '
            'OLD.template_code OR NEW.scenario_set IS NOT OLD.scenario_set OR NEW.submitted_at IS NOT '
            'OLD.submitted_at OR NEW.issued_at IS NOT OLD.issued_at)\n'
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
 'postgresql': ['CREATE TRIGGER arr_movement_no_UPDATE BEFORE UPDATE ON arr_movement\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER arr_movement_no_DELETE BEFORE DELETE ON arr_movement\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_event_no_UPDATE BEFORE UPDATE ON quote_event\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_event_no_DELETE BEFORE DELETE ON quote_event\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_evidence_no_UPDATE BEFORE UPDATE ON quote_evidence\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_evidence_no_DELETE BEFORE DELETE ON quote_evidence\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_question_no_UPDATE BEFORE UPDATE ON quote_question\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_question_no_DELETE BEFORE DELETE ON quote_question\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_refusal_no_UPDATE BEFORE UPDATE ON quote_refusal\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_refusal_no_DELETE BEFORE DELETE ON quote_refusal\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_vote_no_UPDATE BEFORE UPDATE ON quote_vote\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER quote_vote_no_DELETE BEFORE DELETE ON quote_vote\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER renewal_payment_no_UPDATE BEFORE UPDATE ON renewal_payment\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE TRIGGER renewal_payment_no_DELETE BEFORE DELETE ON renewal_payment\n'
                'FOR EACH ROW EXECUTE FUNCTION desk_append_only()',
                'CREATE FUNCTION desk_remove_sheets() RETURNS trigger LANGUAGE plpgsql AS\n'
                '$$ BEGIN\n'
                "IF TG_OP = 'TRUNCATE' THEN DELETE FROM activity_sheet; RETURN NULL; END IF;\n"
                'DELETE FROM activity_sheet WHERE (day, block) IN (\n'
                'SELECT s.day, s.block FROM activity_sheet s JOIN (SELECT DISTINCT day, account_id / 1024 '
                'AS block FROM changed) c\n'
                'ON c.day = s.day AND c.block = s.block ORDER BY s.day, s.block FOR UPDATE OF s);\n'
                'RETURN NULL; END $$',
                'CREATE TRIGGER account_day_sheet_INSERT_NEW AFTER INSERT ON account_day\n'
                'REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION desk_remove_sheets()',
                'CREATE TRIGGER account_day_sheet_UPDATE_OLD AFTER UPDATE ON account_day\n'
                'REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION desk_remove_sheets()',
                'CREATE TRIGGER account_day_sheet_UPDATE_NEW AFTER UPDATE ON account_day\n'
                'REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION desk_remove_sheets()',
                'CREATE TRIGGER account_day_sheet_DELETE_OLD AFTER DELETE ON account_day\n'
                'REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION desk_remove_sheets()',
                'CREATE TRIGGER account_day_sheet_TRUNCATE AFTER TRUNCATE ON account_day\n'
                'FOR EACH STATEMENT EXECUTE FUNCTION desk_remove_sheets()',
                'CREATE FUNCTION desk_issued() RETURNS trigger LANGUAGE plpgsql AS\n'
                "$$ BEGIN RAISE EXCEPTION 'what was issued stays as it is'; END $$",
                'CREATE FUNCTION desk_issued_line() RETURNS trigger LANGUAGE plpgsql AS\n'
                '$$ BEGIN\n'
                'IF EXISTS (SELECT 1 FROM quote_version v WHERE v.id = OLD.quote_version_id AND v.pdf IS '
                "NOT NULL) THEN RAISE EXCEPTION 'what was issued stays as it is'; END IF;\n"
                "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n"
                'RETURN NEW; END $$',
                'CREATE TRIGGER quote_version_issued BEFORE UPDATE ON quote_version FOR EACH ROW WHEN '
                '(OLD.pdf IS NOT NULL AND (NEW.id IS DISTINCT FROM OLD.id OR NEW.quote_id IS DISTINCT FROM '
                'OLD.quote_id OR NEW.revision IS DISTINCT FROM OLD.revision OR NEW.book_id IS DISTINCT '
                'FROM OLD.book_id OR NEW.currency IS DISTINCT FROM OLD.currency OR NEW.language IS '
                'DISTINCT FROM OLD.language OR NEW.starts_on IS DISTINCT FROM OLD.starts_on OR '
                'NEW.term_months IS DISTINCT FROM OLD.term_months OR NEW.prepaid IS DISTINCT FROM '
                'OLD.prepaid OR NEW.discount IS DISTINCT FROM OLD.discount OR NEW.justification IS '
                'DISTINCT FROM OLD.justification OR NEW.discovery::text IS DISTINCT FROM '
                'OLD.discovery::text OR NEW.valid_until IS DISTINCT FROM OLD.valid_until OR NEW.edited_by '
                'IS DISTINCT FROM OLD.edited_by OR NEW.contact_id IS DISTINCT FROM OLD.contact_id OR '
                'NEW.approver_level IS DISTINCT FROM OLD.approver_level OR NEW.list_minor IS DISTINCT FROM '
                'OLD.list_minor OR NEW.net_minor IS DISTINCT FROM OLD.net_minor OR NEW.arr_minor IS '
                'DISTINCT FROM OLD.arr_minor OR NEW.cost_minor IS DISTINCT FROM OLD.cost_minor OR '
                'NEW.effective_discount IS DISTINCT FROM OLD.effective_discount OR NEW.content_hash IS '
                'DISTINCT FROM OLD.content_hash OR NEW.snapshot::text IS DISTINCT FROM OLD.snapshot::text '
                'OR NEW.pdf IS DISTINCT FROM OLD.pdf OR NEW.tax_mode IS DISTINCT FROM OLD.tax_mode OR '
                'NEW.tax_minor IS DISTINCT FROM OLD.tax_minor OR NEW.gift_minor IS DISTINCT FROM '
                'OLD.gift_minor OR NEW.choices::text IS DISTINCT FROM OLD.choices::text OR NEW.ends_on IS '
                'DISTINCT FROM OLD.ends_on OR NEW.co_term_contract_id IS DISTINCT FROM '
                'OLD.co_term_contract_id OR NEW.amends_contract_id IS DISTINCT FROM OLD.amends_contract_id '
                'OR NEW.price_lock_until IS DISTINCT FROM OLD.price_lock_until OR NEW.net_days IS DISTINCT '
                'FROM OLD.net_days OR NEW.payment_terms::text IS DISTINCT FROM OLD.payment_terms::text OR '
                'NEW.clauses::text IS DISTINCT FROM OLD.clauses::text OR NEW.industry IS DISTINCT FROM '
                'OLD.industry OR NEW.size_band IS DISTINCT FROM OLD.size_band OR NEW.template_code IS '
                'DISTINCT FROM OLD.template_code OR NEW.scenario_set IS DISTINCT FROM OLD.scenario_set OR '
                'NEW.submitted_at IS DISTINCT FROM OLD.submitted_at OR NEW.issued_at IS DISTINCT FROM '
                'OLD.issued_at)) EXECUTE FUNCTION desk_issued()',
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

GONE = {'sqlite': ['DROP TRIGGER account_day_sheet_INSERT',
            'DROP TRIGGER account_day_sheet_UPDATE',
            'DROP TRIGGER account_day_sheet_DELETE',
            'DROP TRIGGER quote_version_issued',
            'DROP TRIGGER quote_version_ended',
            'DROP TRIGGER quote_version_kept',
            'DROP TRIGGER quote_line_issued',
            'DROP TRIGGER quote_line_kept'],
 'postgresql': ['DROP FUNCTION desk_remove_sheets() CASCADE',
                'DROP TRIGGER quote_version_issued ON quote_version',
                'DROP TRIGGER quote_version_ended ON quote_version',
                'DROP TRIGGER quote_version_kept ON quote_version',
                'DROP TRIGGER quote_line_issued ON quote_line',
                'DROP TRIGGER quote_line_kept ON quote_line',
                'DROP FUNCTION desk_issued()',
                'DROP FUNCTION desk_issued_line()']}


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table('activity_sheet',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('block', sa.Integer(), nullable=False),
    sa.Column('cells', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'block', name=op.f('pk_activity_sheet'))
    )
    op.create_table('outage',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_line', sa.String(length=255), nullable=True),
    sa.Column('started_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('ended_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('cause', sa.String(length=1000), nullable=True),
    sa.Column('removed', sa.Boolean(), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.CheckConstraint('ended_at > started_at', name=op.f('ck_outage_ends_after_start')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_outage_account_id')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_outage_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outage'))
    )
    with op.batch_alter_table('outage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outage_account_id'), ['account_id'], unique=False)

    op.create_table('policy_draft',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('based_on', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('saved_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_policy_draft_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_draft')),
    sa.UniqueConstraint('name', name=op.f('uq_policy_draft_name'))
    )
    op.create_table('promo_window',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=48), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('name_zh', sa.String(length=120), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('apply_from', sa.Date(), nullable=False),
    sa.Column('opens_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('closes_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('markets', sa.JSON(), nullable=True),
    sa.Column('segments', sa.JSON(), nullable=True),
    sa.Column('tiers', sa.JSON(), nullable=True),
    sa.Column('rate', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=False),
    sa.Column('items', sa.JSON(), nullable=True),
    sa.Column('gift', sa.String(length=255), nullable=True),
    sa.Column('free_months', sa.Integer(), nullable=False),
    sa.Column('budget_minor', sa.BigInteger(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('slots', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('published_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('published_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('reason', sa.String(length=1000), nullable=True),
    sa.CheckConstraint('closes_at > opens_at', name=op.f('ck_promo_window_ends_after_start')),
    sa.CheckConstraint('slots IS NULL OR slots > 0', name=op.f('ck_promo_window_slots_positive')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_promo_window_created_by')),
    sa.ForeignKeyConstraint(['published_by'], ['person.id'], name=op.f('fk_promo_window_published_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promo_window')),
    sa.UniqueConstraint('code', name=op.f('uq_promo_window_code'))
    )
    with op.batch_alter_table('promo_window', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promo_window_opens_at'), ['opens_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_promo_window_status'), ['status'], unique=False)

    op.create_table('referral',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('removed_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('referred_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('points', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_referral_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral'))
    )
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_account_id'), ['account_id'], unique=False)

    op.create_table('vip_event',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=True),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_vip_event_created_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vip_event'))
    )
    with op.batch_alter_table('vip_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vip_event_held_on'), ['held_on'], unique=False)

    op.create_table('volume_deal',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('committed_minor', sa.BigInteger(), nullable=False),
    sa.Column('rate', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=False),
    sa.Column('benefit', sa.String(length=1000), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.CheckConstraint('committed_minor > 0', name=op.f('ck_volume_deal_commits_something')),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_volume_deal_ends_after_start')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_volume_deal_account_id')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_volume_deal_created_by')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_volume_deal_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_volume_deal'))
    )
    with op.batch_alter_table('volume_deal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_volume_deal_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_volume_deal_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_volume_deal_status'), ['status'], unique=False)

    op.create_table('contracted_price',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('book_code', sa.String(length=64), nullable=False),
    sa.Column('item_code', sa.String(length=64), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('price', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=False),
    sa.Column('tiers', sa.JSON(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(length=4000), nullable=False),
    sa.Column('reference', sa.String(length=255), nullable=True),
    sa.Column('contract_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_contracted_price_account_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contracted_price_contract_id')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_contracted_price_created_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contracted_price'))
    )
    with op.batch_alter_table('contracted_price', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contracted_price_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contracted_price_contract_id'), ['contract_id'], unique=False)

    op.create_table('event_guest',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('invited_on', sa.Date(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('invited_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_event_guest_account_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_event_guest_contact_id')),
    sa.ForeignKeyConstraint(['event_id'], ['vip_event.id'], name=op.f('fk_event_guest_event_id')),
    sa.ForeignKeyConstraint(['invited_by'], ['person.id'], name=op.f('fk_event_guest_invited_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_guest')),
    sa.UniqueConstraint('event_id', 'contact_id', name=op.f('uq_event_guest_event_id_contact_id'))
    )
    with op.batch_alter_table('event_guest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_guest_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_guest_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_guest_event_id'), ['event_id'], unique=False)

    op.create_table('price_bundle',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('book_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name_en', sa.String(length=255), nullable=False),
    sa.Column('name_zh', sa.String(length=255), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('saving', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True),
    sa.Column('fixed_price', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True),
    sa.ForeignKeyConstraint(['book_id'], ['price_book.id'], name=op.f('fk_price_bundle_book_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_price_bundle')),
    sa.UniqueConstraint('book_id', 'code', name=op.f('uq_price_bundle_book_id_code'))
    )
    op.create_table('right_grant',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=48), nullable=False),
    sa.Column('level', sa.String(length=16), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('proposed_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('decided_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(length=1000), nullable=True),
    sa.Column('entitlement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('dedupe_key', sa.String(length=160), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_right_grant_account_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_right_grant_decided_by')),
    sa.ForeignKeyConstraint(['entitlement_id'], ['entitlement.id'], name=op.f('fk_right_grant_entitlement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_right_grant')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_right_grant_dedupe_key'))
    )
    with op.batch_alter_table('right_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_right_grant_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_right_grant_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_right_grant_status'), ['status'], unique=False)

    op.create_table('rival_promo',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rival', sa.String(length=120), nullable=False),
    sa.Column('what', sa.String(length=1000), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('response', sa.String(length=1000), nullable=True),
    sa.Column('window_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('source', sa.String(length=255), nullable=True),
    sa.Column('noted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('noted_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['noted_by'], ['person.id'], name=op.f('fk_rival_promo_noted_by')),
    sa.ForeignKeyConstraint(['window_id'], ['promo_window.id'], name=op.f('fk_rival_promo_window_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rival_promo'))
    )
    op.create_table('term_extension',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('outage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contract_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('old_ends_on', sa.Date(), nullable=False),
    sa.Column('new_ends_on', sa.Date(), nullable=False),
    sa.Column('undone', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_term_extension_account_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_term_extension_contract_id')),
    sa.ForeignKeyConstraint(['outage_id'], ['outage.id'], name=op.f('fk_term_extension_outage_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_term_extension')),
    sa.UniqueConstraint('outage_id', 'contract_id', name=op.f('uq_term_extension_outage_id_contract_id'))
    )
    with op.batch_alter_table('term_extension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_term_extension_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_term_extension_contract_id'), ['contract_id'], unique=False)

    op.create_table('renewal_payment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('renewal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_number', sa.String(length=64), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('recorded_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_renewal_payment_account_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_renewal_payment_person_id')),
    sa.ForeignKeyConstraint(['renewal_id'], ['renewal.id'], name=op.f('fk_renewal_payment_renewal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_renewal_payment')),
    sa.UniqueConstraint('renewal_id', name=op.f('uq_renewal_payment_renewal_id'))
    )
    with op.batch_alter_table('renewal_payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_renewal_payment_account_id'), ['account_id'], unique=False)

    op.create_table('subscription_change',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subscription_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('cycle_starts_on', sa.Date(), nullable=False),
    sa.Column('cycle_ends_on', sa.Date(), nullable=False),
    sa.Column('convention', sa.String(length=16), nullable=True),
    sa.Column('numerator', sa.Integer(), nullable=True),
    sa.Column('denominator', sa.Integer(), nullable=True),
    sa.Column('factor', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('old_arr_minor', sa.BigInteger(), nullable=False),
    sa.Column('new_arr_minor', sa.BigInteger(), nullable=False),
    sa.Column('credit_minor', sa.BigInteger(), nullable=False),
    sa.Column('charge_minor', sa.BigInteger(), nullable=False),
    sa.Column('due_minor', sa.BigInteger(), nullable=False),
    sa.Column('plan', sa.String(length=64), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('rule', sa.String(length=24), nullable=True),
    sa.Column('reason', sa.String(length=1000), nullable=True),
    sa.Column('new_subscription_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_subscription_change_account_id')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_subscription_change_made_by')),
    sa.ForeignKeyConstraint(['new_subscription_id'], ['subscription.id'], name=op.f('fk_subscription_change_new_subscription_id')),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscription.id'], name=op.f('fk_subscription_change_subscription_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription_change'))
    )
    with op.batch_alter_table('subscription_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subscription_change_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_subscription_change_effective_on'), ['effective_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_subscription_change_status'), ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_subscription_change_subscription_id'), ['subscription_id'], unique=False)

    op.create_table('arr_movement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contract_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('quote_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('before_minor', sa.BigInteger(), nullable=False),
    sa.Column('after_minor', sa.BigInteger(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dedupe_key', sa.String(length=160), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_arr_movement_account_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_arr_movement_contract_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_arr_movement_person_id')),
    sa.ForeignKeyConstraint(['quote_id'], ['quote.id'], name=op.f('fk_arr_movement_quote_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arr_movement')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_arr_movement_dedupe_key'))
    )
    with op.batch_alter_table('arr_movement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arr_movement_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_arr_movement_effective_on'), ['effective_on'], unique=False)

    op.create_table('promo_claim',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('window_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('applied_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('applied_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quote_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('taken_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('given_minor', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_promo_claim_account_id')),
    sa.ForeignKeyConstraint(['applied_by'], ['person.id'], name=op.f('fk_promo_claim_applied_by')),
    sa.ForeignKeyConstraint(['quote_id'], ['quote.id'], name=op.f('fk_promo_claim_quote_id')),
    sa.ForeignKeyConstraint(['window_id'], ['promo_window.id'], name=op.f('fk_promo_claim_window_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promo_claim')),
    sa.UniqueConstraint('window_id', 'account_id', name=op.f('uq_promo_claim_window_id_account_id'))
    )
    with op.batch_alter_table('promo_claim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promo_claim_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_promo_claim_place', ['window_id', 'status', 'applied_at'], unique=False)

    op.create_table('quote_concession',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quote_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=48), nullable=False),
    sa.Column('note', sa.String(length=1000), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('cost_minor', sa.BigInteger(), nullable=False),
    sa.Column('list_minor', sa.BigInteger(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=True),
    sa.Column('competitor', sa.String(length=120), nullable=True),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('give_code', sa.String(length=32), nullable=True),
    sa.Column('give_text', sa.String(length=1000), nullable=True),
    sa.Column('give_due_on', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('give_status', sa.String(length=16), nullable=False),
    sa.Column('granted_on', sa.Date(), nullable=True),
    sa.Column('lapses_on', sa.Date(), nullable=True),
    sa.Column('entitlement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('contract_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('evidence', sa.String(length=1000), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_quote_concession_account_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_quote_concession_contract_id')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_quote_concession_created_by')),
    sa.ForeignKeyConstraint(['entitlement_id'], ['entitlement.id'], name=op.f('fk_quote_concession_entitlement_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_quote_concession_owner_id')),
    sa.ForeignKeyConstraint(['quote_id'], ['quote.id'], name=op.f('fk_quote_concession_quote_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_concession'))
    )
    with op.batch_alter_table('quote_concession', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_concession_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quote_concession_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quote_concession_quote_id'), ['quote_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quote_concession_status'), ['status'], unique=False)

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

    op.create_table('benefit',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_number', sa.String(length=64), nullable=False),
    sa.Column('contract_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('renewal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('quote_version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entitlement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('line', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('title_en', sa.String(length=255), nullable=False),
    sa.Column('title_zh', sa.String(length=255), nullable=False),
    sa.Column('unit', sa.String(length=32), nullable=True),
    sa.Column('granted', sa.Integer(), nullable=True),
    sa.Column('provisioned', sa.Integer(), nullable=True),
    sa.Column('share', sa.String(length=16), nullable=True),
    sa.Column('applies_to', sa.JSON(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('value_minor', sa.BigInteger(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('automatic', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('promised_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('due_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('in_force_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('checked_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('checked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('told_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('told_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('dedupe_key', sa.String(length=160), nullable=False),
    sa.CheckConstraint('granted IS NULL OR granted >= 0', name=op.f('ck_benefit_granted_not_negative')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_benefit_account_id')),
    sa.ForeignKeyConstraint(['checked_by'], ['person.id'], name=op.f('fk_benefit_checked_by')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_benefit_contract_id')),
    sa.ForeignKeyConstraint(['entitlement_id'], ['entitlement.id'], name=op.f('fk_benefit_entitlement_id')),
    sa.ForeignKeyConstraint(['quote_version_id'], ['quote_version.id'], name=op.f('fk_benefit_quote_version_id')),
    sa.ForeignKeyConstraint(['renewal_id'], ['renewal.id'], name=op.f('fk_benefit_renewal_id')),
    sa.ForeignKeyConstraint(['told_by'], ['person.id'], name=op.f('fk_benefit_told_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_benefit')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_benefit_dedupe_key'))
    )
    with op.batch_alter_table('benefit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_benefit_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_benefit_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_benefit_order_number'), ['order_number'], unique=False)
        batch_op.create_index(batch_op.f('ix_benefit_renewal_id'), ['renewal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_benefit_state'), ['state'], unique=False)

    op.create_table('quote_approval',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quote_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quote_version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('tested', sa.JSON(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('closed_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_quote_approval_asked_by')),
    sa.ForeignKeyConstraint(['quote_id'], ['quote.id'], name=op.f('fk_quote_approval_quote_id')),
    sa.ForeignKeyConstraint(['quote_version_id'], ['quote_version.id'], name=op.f('fk_quote_approval_quote_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_approval'))
    )
    with op.batch_alter_table('quote_approval', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_approval_quote_id'), ['quote_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quote_approval_quote_version_id'), ['quote_version_id'], unique=False)
        batch_op.create_index('quote_approval_one_open', ['quote_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

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

    op.create_table('quote_mail',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quote_version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('outcome', sa.String(length=32), nullable=True),
    sa.Column('message_key', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('claim', sa.String(length=16), nullable=True),
    sa.Column('claimed_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('sent_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_quote_mail_contact_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quote_mail_person_id')),
    sa.ForeignKeyConstraint(['quote_version_id'], ['quote_version.id'], name=op.f('fk_quote_mail_quote_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_mail'))
    )
    with op.batch_alter_table('quote_mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_mail_quote_version_id'), ['quote_version_id'], unique=False)

    op.create_table('benefit_problem',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('benefit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('order_number', sa.String(length=64), nullable=False),
    sa.Column('what', sa.String(length=1000), nullable=False),
    sa.Column('priority', sa.String(length=16), nullable=False),
    sa.Column('opened_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opened_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('due_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('cause', sa.String(length=32), nullable=True),
    sa.Column('mended', sa.String(length=1000), nullable=True),
    sa.Column('action', sa.String(length=1000), nullable=True),
    sa.Column('action_done_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('closed_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('closed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_benefit_problem_account_id')),
    sa.ForeignKeyConstraint(['benefit_id'], ['benefit.id'], name=op.f('fk_benefit_problem_benefit_id')),
    sa.ForeignKeyConstraint(['closed_by'], ['person.id'], name=op.f('fk_benefit_problem_closed_by')),
    sa.ForeignKeyConstraint(['opened_by'], ['person.id'], name=op.f('fk_benefit_problem_opened_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_benefit_problem'))
    )
    with op.batch_alter_table('benefit_problem', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_benefit_problem_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_benefit_problem_benefit_id'), ['benefit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_benefit_problem_opened_at'), ['opened_at'], unique=False)

    op.create_table('fulfilment_action',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('benefit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('target', sa.String(length=16), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('claim', sa.String(length=32), nullable=True),
    sa.Column('claimed_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('outcome', sa.String(length=32), nullable=True),
    sa.Column('created_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.Column('done_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_fulfilment_action_account_id')),
    sa.ForeignKeyConstraint(['benefit_id'], ['benefit.id'], name=op.f('fk_fulfilment_action_benefit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fulfilment_action')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_fulfilment_action_idempotency_key'))
    )
    with op.batch_alter_table('fulfilment_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fulfilment_action_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fulfilment_action_benefit_id'), ['benefit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fulfilment_action_state'), ['state'], unique=False)

    op.create_table('quote_approval_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=8), nullable=False),
    sa.Column('need', sa.Integer(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('escalate', sa.Integer(), nullable=False),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('opened_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('escalated_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.Column('closed_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=True),
    sa.ForeignKeyConstraint(['approval_id'], ['quote_approval.id'], name=op.f('fk_quote_approval_step_approval_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_approval_step'))
    )
    with op.batch_alter_table('quote_approval_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_approval_step_approval_id'), ['approval_id'], unique=False)

    op.create_table('quote_question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.String(length=4000), nullable=False),
    sa.Column('said_at', sa.DateTime().with_variant(sa.DateTime(timezone=True), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['quote_approval.id'], name=op.f('fk_quote_question_approval_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quote_question_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_question'))
    )
    with op.batch_alter_table('quote_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_question_approval_id'), ['approval_id'], unique=False)

    op.create_table('quote_refusal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('alternative', sa.String(length=4000), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['quote_decision.id'], name=op.f('fk_quote_refusal_decision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_refusal'))
    )
    with op.batch_alter_table('quote_refusal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_refusal_decision_id'), ['decision_id'], unique=False)

    op.create_table('quote_vote',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['quote_decision.id'], name=op.f('fk_quote_vote_decision_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quote_vote_person_id')),
    sa.ForeignKeyConstraint(['step_id'], ['quote_approval_step.id'], name=op.f('fk_quote_vote_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quote_vote')),
    sa.UniqueConstraint('step_id', 'person_id', name=op.f('uq_quote_vote_step_id_person_id'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), nullable=True))

    with op.batch_alter_table('internal_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), server_default='request', nullable=False))

    with op.batch_alter_table('loss_reason', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kept_by', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('returns', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('rating', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('went_to', sa.String(length=255), nullable=True))

    with op.batch_alter_table('price_book', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=1000), nullable=True))
        batch_op.add_column(sa.Column('feedback', sa.String(length=1000), nullable=True))

    with op.batch_alter_table('price_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('tier_mode', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('package_size', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('free_units', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('method', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('markup', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('named', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('tax_category', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('regions', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('value_added', sa.Boolean(), server_default=sa.text('(false)'), nullable=False))
        batch_op.add_column(sa.Column('plan_tier', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('partner', sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column('partner_share', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('delivery', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('quota', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('inclusions', sa.JSON(), nullable=True))

    with op.batch_alter_table('quote_line', schema=None) as batch_op:
        batch_op.add_column(sa.Column('label', sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column('gift', sa.Boolean(), server_default=sa.text('(false)'), nullable=False))
        batch_op.add_column(sa.Column('gift_minor', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('contracted', sa.Boolean(), server_default=sa.text('(false)'), nullable=False))
        batch_op.add_column(sa.Column('price', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('premium', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('premium_reason', sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column('bundle_code', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('offer_code', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('named', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('ramp', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('starts_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('ends_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('proration', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('proration_numerator', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('proration_denominator', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('proration_factor', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('tax_category', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('tax_rate', sa.String(48).with_variant(sa.Numeric(30, 12), 'postgresql'), nullable=True))

    with op.batch_alter_table('quote_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('substitutes', sa.JSON(), nullable=True))

    with op.batch_alter_table('quote_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tax_mode', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('tax_minor', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('gift_minor', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('choices', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('ends_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('co_term_contract_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('amends_contract_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('price_lock_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('net_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('payment_terms', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('clauses', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('industry', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('size_band', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('template_code', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('scenario_set', sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f('ix_quote_version_amends_contract_id'), ['amends_contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quote_version_co_term_contract_id'), ['co_term_contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quote_version_scenario_set'), ['scenario_set'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_quote_version_co_term_contract_id'), 'contract', ['co_term_contract_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_quote_version_amends_contract_id'), 'contract', ['amends_contract_id'], ['id'])

    with op.batch_alter_table('staff_record', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=1000), nullable=True))

    # ### end Alembic commands ###

    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in GONE[op.get_bind().dialect.name]:
        op.execute(statement)
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table('staff_record', schema=None, recreate='never') as batch_op:
        batch_op.drop_column('reason')

    with op.batch_alter_table('quote_version', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_quote_version_amends_contract_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_quote_version_co_term_contract_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_quote_version_scenario_set'))
        batch_op.drop_index(batch_op.f('ix_quote_version_co_term_contract_id'))
        batch_op.drop_index(batch_op.f('ix_quote_version_amends_contract_id'))
        batch_op.drop_column('scenario_set')
        batch_op.drop_column('template_code')
        batch_op.drop_column('size_band')
        batch_op.drop_column('industry')
        batch_op.drop_column('clauses')
        batch_op.drop_column('payment_terms')
        batch_op.drop_column('net_days')
        batch_op.drop_column('price_lock_until')
        batch_op.drop_column('amends_contract_id')
        batch_op.drop_column('co_term_contract_id')
        batch_op.drop_column('ends_on')
        batch_op.drop_column('choices')
        batch_op.drop_column('gift_minor')
        batch_op.drop_column('tax_minor')
        batch_op.drop_column('tax_mode')

    with op.batch_alter_table('quote_request', schema=None, recreate='never') as batch_op:
        batch_op.drop_column('substitutes')

    with op.batch_alter_table('quote_line', schema=None, recreate='never') as batch_op:
        batch_op.drop_column('tax_rate')
        batch_op.drop_column('tax_category')
        batch_op.drop_column('proration_factor')
        batch_op.drop_column('proration_denominator')
        batch_op.drop_column('proration_numerator')
        batch_op.drop_column('proration')
        batch_op.drop_column('ends_on')
        batch_op.drop_column('starts_on')
        batch_op.drop_column('ramp')
        batch_op.drop_column('named')
        batch_op.drop_column('offer_code')
        batch_op.drop_column('bundle_code')
        batch_op.drop_column('premium_reason')
        batch_op.drop_column('premium')
        batch_op.drop_column('price')
        batch_op.drop_column('contracted')
        batch_op.drop_column('gift_minor')
        batch_op.drop_column('gift')
        batch_op.drop_column('label')

    with op.batch_alter_table('price_item', schema=None, recreate='never') as batch_op:
        batch_op.drop_column('inclusions')
        batch_op.drop_column('quota')
        batch_op.drop_column('delivery')
        batch_op.drop_column('partner_share')
        batch_op.drop_column('partner')
        batch_op.drop_column('plan_tier')
        batch_op.drop_column('value_added')
        batch_op.drop_column('regions')
        batch_op.drop_column('tax_category')
        batch_op.drop_column('named')
        batch_op.drop_column('markup')
        batch_op.drop_column('method')
        batch_op.drop_column('free_units')
        batch_op.drop_column('package_size')
        batch_op.drop_column('tier_mode')
        batch_op.drop_column('kind')

    with op.batch_alter_table('price_book', schema=None, recreate='never') as batch_op:
        batch_op.drop_column('feedback')
        batch_op.drop_column('reason')

    with op.batch_alter_table('loss_reason', schema=None, recreate='never') as batch_op:
        batch_op.drop_column('went_to')
        batch_op.drop_column('rating')
        batch_op.drop_column('returns')
        batch_op.drop_column('kept_by')

    with op.batch_alter_table('internal_request', schema=None, recreate='never') as batch_op:
        batch_op.drop_column('kind')

    with op.batch_alter_table('contact', schema=None, recreate='never') as batch_op:
        batch_op.drop_column('kind')

    op.drop_table('quote_vote')
    with op.batch_alter_table('quote_refusal', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_refusal_decision_id'))

    op.drop_table('quote_refusal')
    with op.batch_alter_table('quote_question', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_question_approval_id'))

    op.drop_table('quote_question')
    with op.batch_alter_table('quote_approval_step', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_approval_step_approval_id'))

    op.drop_table('quote_approval_step')
    with op.batch_alter_table('fulfilment_action', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_fulfilment_action_state'))
        batch_op.drop_index(batch_op.f('ix_fulfilment_action_benefit_id'))
        batch_op.drop_index(batch_op.f('ix_fulfilment_action_account_id'))

    op.drop_table('fulfilment_action')
    with op.batch_alter_table('benefit_problem', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_benefit_problem_opened_at'))
        batch_op.drop_index(batch_op.f('ix_benefit_problem_benefit_id'))
        batch_op.drop_index(batch_op.f('ix_benefit_problem_account_id'))

    op.drop_table('benefit_problem')
    with op.batch_alter_table('quote_mail', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_mail_quote_version_id'))

    op.drop_table('quote_mail')
    with op.batch_alter_table('quote_evidence', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_evidence_quote_version_id'))

    op.drop_table('quote_evidence')
    with op.batch_alter_table('quote_approval', schema=None, recreate='never') as batch_op:
        batch_op.drop_index('quote_approval_one_open', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_quote_approval_quote_version_id'))
        batch_op.drop_index(batch_op.f('ix_quote_approval_quote_id'))

    op.drop_table('quote_approval')
    with op.batch_alter_table('benefit', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_benefit_state'))
        batch_op.drop_index(batch_op.f('ix_benefit_renewal_id'))
        batch_op.drop_index(batch_op.f('ix_benefit_order_number'))
        batch_op.drop_index(batch_op.f('ix_benefit_due_at'))
        batch_op.drop_index(batch_op.f('ix_benefit_account_id'))

    op.drop_table('benefit')
    with op.batch_alter_table('quote_event', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_event_quote_id'))

    op.drop_table('quote_event')
    with op.batch_alter_table('quote_concession', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_concession_status'))
        batch_op.drop_index(batch_op.f('ix_quote_concession_quote_id'))
        batch_op.drop_index(batch_op.f('ix_quote_concession_owner_id'))
        batch_op.drop_index(batch_op.f('ix_quote_concession_account_id'))

    op.drop_table('quote_concession')
    with op.batch_alter_table('promo_claim', schema=None, recreate='never') as batch_op:
        batch_op.drop_index('ix_promo_claim_place')
        batch_op.drop_index(batch_op.f('ix_promo_claim_account_id'))

    op.drop_table('promo_claim')
    with op.batch_alter_table('arr_movement', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_arr_movement_effective_on'))
        batch_op.drop_index(batch_op.f('ix_arr_movement_account_id'))

    op.drop_table('arr_movement')
    with op.batch_alter_table('subscription_change', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_subscription_change_subscription_id'))
        batch_op.drop_index(batch_op.f('ix_subscription_change_status'))
        batch_op.drop_index(batch_op.f('ix_subscription_change_effective_on'))
        batch_op.drop_index(batch_op.f('ix_subscription_change_account_id'))

    op.drop_table('subscription_change')
    with op.batch_alter_table('renewal_payment', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_renewal_payment_account_id'))

    op.drop_table('renewal_payment')
    with op.batch_alter_table('term_extension', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_term_extension_contract_id'))
        batch_op.drop_index(batch_op.f('ix_term_extension_account_id'))

    op.drop_table('term_extension')
    op.drop_table('rival_promo')
    with op.batch_alter_table('right_grant', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_right_grant_status'))
        batch_op.drop_index(batch_op.f('ix_right_grant_code'))
        batch_op.drop_index(batch_op.f('ix_right_grant_account_id'))

    op.drop_table('right_grant')
    op.drop_table('price_bundle')
    with op.batch_alter_table('event_guest', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_guest_event_id'))
        batch_op.drop_index(batch_op.f('ix_event_guest_contact_id'))
        batch_op.drop_index(batch_op.f('ix_event_guest_account_id'))

    op.drop_table('event_guest')
    with op.batch_alter_table('contracted_price', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_contracted_price_contract_id'))
        batch_op.drop_index(batch_op.f('ix_contracted_price_account_id'))

    op.drop_table('contracted_price')
    with op.batch_alter_table('volume_deal', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_volume_deal_status'))
        batch_op.drop_index(batch_op.f('ix_volume_deal_owner_id'))
        batch_op.drop_index(batch_op.f('ix_volume_deal_account_id'))

    op.drop_table('volume_deal')
    with op.batch_alter_table('vip_event', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_vip_event_held_on'))

    op.drop_table('vip_event')
    with op.batch_alter_table('referral', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_account_id'))

    op.drop_table('referral')
    with op.batch_alter_table('promo_window', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_promo_window_status'))
        batch_op.drop_index(batch_op.f('ix_promo_window_opens_at'))

    op.drop_table('promo_window')
    op.drop_table('policy_draft')
    with op.batch_alter_table('outage', schema=None, recreate='never') as batch_op:
        batch_op.drop_index(batch_op.f('ix_outage_account_id'))

    op.drop_table('outage')
    op.drop_table('activity_sheet')
    # ### end Alembic commands ###
