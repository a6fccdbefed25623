using Microsoft.Extensions.Options;
using Notifications.Sending;
using Portal.Identity.Accounts;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding.Programmes;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Administration;

/// <summary>How the portal stands after set-up.</summary>
/// <param name="PointWorth">What one hundred points are worth; null when points cannot pay.</param>
/// <param name="MailServer">Null: mail is written to a folder.</param>
public sealed record SetupState(
    LocalizedText Programme, string Currency, string Zone, Money? PointWorth, IReadOnlyList<Rule> Rules, string? MailServer, string MailFolder, string? MailProblem, string Address, string MyEmail, bool MyEmailConfirmed);

public sealed class SetupOverview(ProgrammeStore programmes, IOptions<PortalOptions> portal, MailOptions mail, MailStatus status, PublicAddress address, EmailState emails)
{
    public async Task<SetupState> HandleAsync(Guid user, CancellationToken cancel)
    {
        var set = await programmes.CurrentAsync(cancel);
        var (email, confirmed) = await emails.OfAsync(user, cancel);
        var programme = set.Programme;
        return new(
            programme.Name, programme.Currency.Code, portal.Value.TimeZone, programme.Conversion?.Worth(100), set.Source.Rules,
            mail.Host.Length > 0 ? mail.Host : null, mail.Folder, status.Problem, address.Base, email, confirmed);
    }
}
