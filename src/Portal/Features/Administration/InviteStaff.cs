using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Notifications.Messages;
using Notifications.Templates;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Platform.Mail;

namespace Portal.Features.Administration;

public sealed record Invitation(string? Name, string? Email, string Role, string Language);

/// <summary>Invites colleagues by mail, sends the invitation again, takes it back. Only the newest link of an invitation works.</summary>
public sealed class InviteStaff(IDbContextFactory<PortalDb> databases, Outbox outbox, PublicAddress address, TimeProvider time, IStringLocalizer<AdministrationTexts> texts)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public async Task<Result<Done>> HandleAsync(Invitation invitation, Guid by, CancellationToken cancel)
    {
        if (StaffNames.Check(invitation.Name, nameof(invitation.Name)) is { } refusal)
            return refusal;
        if (!EmailAddress.TryParse(invitation.Email?.Trim(), out var email))
            return new Refusal("email.invalid", nameof(invitation.Email));
        if (!Roles.All.Contains(invitation.Role))
            return new Refusal("role.unknown", nameof(invitation.Role));
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = time.UtcNow();
        var lower = email.Normalized;
        if (await db.Users.AnyAsync(u => u.EmailConfirmed && u.Email!.ToLower() == lower && db.UserRoles.Any(r => r.UserId == u.Id), cancel))
            return new Refusal("invite.known", nameof(invitation.Email));
        if (await db.Set<StaffInvitationRow>().AnyAsync(i => i.Email == lower && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now, cancel))
            return new Refusal("invite.open", nameof(invitation.Email));
        var row = new StaffInvitationRow
        {
            Email = lower,
            Name = invitation.Name!.Trim(),
            Role = invitation.Role,
            Language = invitation.Language,
            TokenHash = "",
            InvitedBy = by,
            CreatedAt = now,
            SentAt = now,
            ExpiresAt = now + Lifetime,
        };
        db.Add(row);
        await SendAsync(db, row, by, cancel);
        await transaction.CommitAsync(cancel);
        return default(Done);
    }

    public async Task<Result<Done>> ResendAsync(Guid id, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = await db.Set<StaffInvitationRow>().SingleOrDefaultAsync(i => i.Id == id && i.AcceptedAt == null && i.RevokedAt == null, cancel);
        if (row is null)
            return new Refusal("invite.gone");
        row.SentAt = time.UtcNow();
        row.ExpiresAt = row.SentAt + Lifetime;
        await SendAsync(db, row, by, cancel);
        await transaction.CommitAsync(cancel);
        return default(Done);
    }

    public async Task RevokeAsync(Guid id, CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Set<StaffInvitationRow>().Where(i => i.Id == id && i.AcceptedAt == null && i.RevokedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.RevokedAt, now), cancel);
    }

    private async Task SendAsync(PortalDb db, StaffInvitationRow row, Guid by, CancellationToken cancel)
    {
        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        row.TokenHash = SetupCodes.Hash(token);
        await db.SaveChangesAsync(cancel);
        var inviter = await db.Users.Where(u => u.Id == by).Select(u => u.Name).SingleAsync(cancel);
        if (outbox.To(row.Email, row.Name, row.Language) is { } to)
            await outbox.AddAsync(db, to, new StaffInvitationMail(RoleName(row.Role, row.Language), inviter, address.Of($"/staff/accept-invitation?token={token}"), row.ExpiresAt),
                $"invite:{row.Id:N}:{row.SentAt:yyyyMMddHHmmss}", row.ExpiresAt, cancel);
    }

    private string RoleName(string role, string language)
    {
        var current = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return texts[$"Role.{role}"];
        }
        finally
        {
            CultureInfo.CurrentUICulture = current;
        }
    }
}
