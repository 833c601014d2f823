"""All tables, one file a family; import them from here."""

from lib.store.models.accounts import Account, Assignment, Contact, ManualValue
from lib.store.models.activity import (
    AccountDay,
    ActivityScore,
    ActivitySheet,
    AlertEvent,
    ChurnAlert,
    DayRun,
    FeatureDay,
    MarkedEvent,
    User,
    UserDay,
)
from lib.store.models.approvals import (
    PolicyDraft,
    QuoteApproval,
    QuoteApprovalStep,
    QuoteQuestion,
    QuoteRefusal,
    QuoteVote,
)
from lib.store.models.audit import (
    AuditEntry,
    AuditHead,
    AuditSeal,
    CostRead,
    ErasedContact,
    FormKey,
    PersonalValue,
)
from lib.store.models.base import Dated, Table, Versioned, metadata
from lib.store.models.care import Note, NoteAmendment, Promise, Task, Touch
from lib.store.models.commerce import (
    ChurnEvent,
    Contract,
    Invoice,
    Opportunity,
    Payment,
    Renewal,
    RenewalMove,
    Subscription,
)
from lib.store.models.compliance import AccountRule, ComplianceReview, QuoteRequest
from lib.store.models.concessions import QuoteConcession, VolumeDeal
from lib.store.models.events import EventGuest, VipEvent
from lib.store.models.fulfilment import (
    ArrMovement,
    Benefit,
    BenefitProblem,
    FulfilmentAction,
    RenewalPayment,
    RightGrant,
)
from lib.store.models.growth import Suggestion
from lib.store.models.health import AccountSentiment, HealthDay
from lib.store.models.history import HISTORY  # last: it mirrors the dated tables above
from lib.store.models.imports import ImportPreset, ImportProblem, ImportRun
from lib.store.models.notices import Notice, NoticeChoice, NoticePreference, Outbox
from lib.store.models.offers import PromoClaim, PromoWindow, RivalPromo
from lib.store.models.people import Delegation, Person, PersonRole, RecentItem, SignIn
from lib.store.models.playbooks import (
    AccountDemo,
    AccountGift,
    AccountMilestone,
    AccountTrial,
    PlaybookRun,
    PlaybookVersion,
)
from lib.store.models.policy import DeskState, PolicyReview, PolicyVersion
from lib.store.models.portrait import (
    AccountProfile,
    AccountTag,
    CustomerGoal,
    Department,
    Entitlement,
    Integration,
    Meeting,
    Referral,
    RoadmapRequest,
    TeamRole,
)
from lib.store.models.quote_life import QuoteEvent, QuoteEvidence, QuoteMail
from lib.store.models.quotes import (
    ContractedPrice,
    NumberSeries,
    PriceBook,
    PriceBundle,
    PriceItem,
    Quote,
    QuoteDecision,
    QuoteLine,
    QuoteVersion,
)
from lib.store.models.segments import AccountSegment, SegmentChange
from lib.store.models.service import Case, Survey
from lib.store.models.signals import LossReason, RivalSuppliers
from lib.store.models.subscriptions import Outage, SubscriptionChange, TermExtension
from lib.store.models.teams import (
    BookHandover,
    InternalRequest,
    RequestStep,
    StaffGoal,
    StaffLevel,
    StaffProfile,
    StaffRecord,
    TeamMeeting,
)
from lib.store.models.today import CardSnooze
from lib.store.models.vips import VipMembership, VipProfile, VipProposal

__all__ = [
    "Account", "AccountDay", "AccountDemo", "AccountGift", "AccountMilestone", "AccountProfile",
    "AccountRule", "AccountSegment", "AccountSentiment", "AccountTag", "AccountTrial", "ActivityScore",
    "ActivitySheet", "AlertEvent", "ArrMovement", "Assignment", "AuditEntry", "AuditHead", "AuditSeal",
    "Benefit", "BenefitProblem", "BookHandover", "CardSnooze", "Case", "ChurnAlert", "ChurnEvent",
    "ComplianceReview", "Contact", "Contract", "ContractedPrice", "CostRead", "CustomerGoal", "Dated",
    "DayRun", "Delegation", "Department", "DeskState", "Entitlement", "ErasedContact", "EventGuest",
    "FeatureDay", "FormKey", "FulfilmentAction", "HISTORY", "HealthDay", "ImportPreset", "ImportProblem",
    "ImportRun", "Integration", "InternalRequest", "Invoice", "LossReason", "ManualValue", "MarkedEvent",
    "Meeting", "Note", "NoteAmendment", "Notice", "NoticeChoice", "NoticePreference", "NumberSeries",
    "Opportunity", "Outage", "Outbox", "Payment", "Person", "PersonRole", "PersonalValue", "PlaybookRun",
    "PlaybookVersion", "PolicyDraft", "PolicyReview", "PolicyVersion", "PriceBook", "PriceBundle",
    "PriceItem", "Promise", "PromoClaim", "PromoWindow", "Quote", "QuoteApproval", "QuoteApprovalStep",
    "QuoteConcession", "QuoteDecision", "QuoteEvent", "QuoteEvidence", "QuoteLine", "QuoteMail",
    "QuoteQuestion", "QuoteRefusal", "QuoteRequest", "QuoteVersion", "QuoteVote", "RecentItem", "Referral",
    "Renewal", "RenewalMove", "RenewalPayment", "RequestStep", "RightGrant", "RivalPromo", "RivalSuppliers",
    "RoadmapRequest", "SegmentChange", "SignIn", "StaffGoal", "StaffLevel", "StaffProfile", "StaffRecord",
    "Subscription", "SubscriptionChange", "Suggestion", "Survey", "Table", "Task", "TeamMeeting",
    "TeamRole", "TermExtension", "Touch", "User", "UserDay", "Versioned", "VipEvent", "VipMembership",
    "VipProfile", "VipProposal", "VolumeDeal", "metadata",
]  # fmt: skip
