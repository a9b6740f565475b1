"""How Django knows the wiring, and what the wiring joins: which adapter serves which port."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The room `config`."""

    name = "xulang.config"
    label = "config"

    def ready(self) -> None:
        """Registers the adapters and the rooms' rows of units with the ports, and the checks of the floors."""
        from django.conf import settings

        import xulang.config.checks  # noqa: F401  registers itself
        from xulang.activities import affected as activities
        from xulang.activities.services import AGREEMENTS, PERMITS, RETENTIONS
        from xulang.adapters.clamd import Clamd
        from xulang.adapters.office_pool import OfficePool
        from xulang.adapters.openid import OpenIdProvider
        from xulang.adapters.printing import PagePrinter
        from xulang.adapters.reader import read_directive
        from xulang.adapters.smtp import SmtpMailer
        from xulang.adapters.typesetting import OfficeTypesetter
        from xulang.budget import affected as budget
        from xulang.config.housekeeping import PERIODIC
        from xulang.organisation.openid import register_provider
        from xulang.organisation.ports import register_affected
        from xulang.plumbing.jobs import register_periodic
        from xulang.plumbing.mail import register_mailer
        from xulang.plumbing.scanning import register_scanner
        from xulang.programme import affected as programme
        from xulang.programme.ports import register_due_items
        from xulang.programme.services import READINGS, ROUSING
        from xulang.registry import affected as registry
        from xulang.registry.ports import register_printer, register_reader
        from xulang.reporting import affected as reporting
        from xulang.reporting.ports import register_typesetter
        from xulang.reporting.services import ROUNDS, WHOLES

        register_reader(read_directive)
        offices = OfficePool()
        register_printer(PagePrinter(offices))
        register_typesetter(OfficeTypesetter(offices))
        register_mailer(SmtpMailer())
        if settings.OIDC_ISSUER:
            named = settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET, settings.OIDC_LABEL
            register_provider(OpenIdProvider(*named))
        if settings.CLAMD:
            register_scanner(None if settings.CLAMD == "none" else Clamd(settings.CLAMD))
        register_periodic(*PERIODIC)
        register_due_items(READINGS, ROUSING, AGREEMENTS, PERMITS, RETENTIONS, ROUNDS, WHOLES)
        register_affected(
            *registry.AFFECTED, *programme.AFFECTED, *activities.AFFECTED, *budget.AFFECTED, *reporting.AFFECTED
        )
