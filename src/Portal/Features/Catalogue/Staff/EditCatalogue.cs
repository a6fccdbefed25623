using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Catalogue;

namespace Portal.Features.Catalogue.Staff;

/// <summary>What staff type about a reward.</summary>
public sealed record RewardDraft(
    string Key, string NameId, string NameEn, string DescriptionId, string DescriptionEn, RewardKind Kind, long Value, long Points,
    long? Stock, bool Active, DateOnly? From, DateOnly? To, string Tiers, int ValidDays, string Icon, long Revision);

/// <summary>A reward in the staff list.</summary>
public sealed record RewardLine(string Key, string NameId, string NameEn, RewardKind Kind, long Points, long? Stock, long Redeemed, bool Active, DateOnly? To);

/// <summary>Lists, creates and changes rewards. A voucher already given keeps what it said.</summary>
public sealed partial class EditCatalogue(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    public async Task<IReadOnlyList<RewardLine>> ListAsync(string? search, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Set<RewardRow>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var wanted = search.Trim().ToLowerInvariant();
            rows = rows.Where(r => r.Key.Contains(wanted) || r.NameId.ToLower().Contains(wanted) || r.NameEn.ToLower().Contains(wanted));
        }
        return await rows.OrderByDescending(r => r.Active).ThenBy(r => r.Points).ThenBy(r => r.Key)
            .Select(r => new RewardLine(r.Key, r.NameId, r.NameEn, r.Kind, r.Points, r.Stock, r.Redeemed, r.Active, r.To)).ToListAsync(cancel);
    }

    public async Task<RewardDraft?> FindAsync(string key, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var r = await db.Set<RewardRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Key == key, cancel);
        return r is null ? null : new(r.Key, r.NameId, r.NameEn, r.DescriptionId, r.DescriptionEn, r.Kind, r.Value, r.Points,
            r.Stock, r.Active, r.From, r.To, r.Tiers, r.ValidDays, r.Icon, r.Revision);
    }

    public async Task<Result<Done>> CreateAsync(RewardDraft draft, CancellationToken cancel)
    {
        var refusals = Check(draft);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (draft.Key.Length > 64 || !KeyForm().IsMatch(draft.Key))
            refusals.Add(new("key.form", nameof(draft.Key)));
        else if (await db.Set<RewardRow>().AnyAsync(r => r.Key == draft.Key, cancel))
            refusals.Add(new("key.taken", nameof(draft.Key)));
        if (refusals.Count > 0)
            return Result<Done>.Refused(refusals);
        var row = new RewardRow { Key = draft.Key, NameId = draft.NameId, NameEn = draft.NameEn, Points = draft.Points };
        Write(row, draft);
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }

    public async Task<Result<Done>> ChangeAsync(RewardDraft draft, CancellationToken cancel)
    {
        var refusals = Check(draft);
        if (refusals.Count > 0)
            return Result<Done>.Refused(refusals);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<RewardRow>().SingleOrDefaultAsync(r => r.Key == draft.Key, cancel);
        if (row is null)
            return new Refusal("reward.gone");
        db.Entry(row).Property(r => r.Revision).OriginalValue = draft.Revision;
        Write(row, draft);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("reward.changed_meanwhile");
        }
        return default(Done);
    }

    private void Write(RewardRow row, RewardDraft draft)
    {
        row.NameId = draft.NameId.Trim();
        row.NameEn = draft.NameEn.Trim();
        row.DescriptionId = draft.DescriptionId.Trim();
        row.DescriptionEn = draft.DescriptionEn.Trim();
        row.Kind = draft.Kind;
        row.Value = draft.Kind == RewardKind.Item ? 0 : draft.Value;
        row.Points = draft.Points;
        row.Stock = draft.Stock;
        row.Active = draft.Active;
        row.From = draft.From;
        row.To = draft.To;
        row.Tiers = draft.Tiers.Trim();
        row.ValidDays = draft.ValidDays;
        row.Icon = draft.Icon;
        row.UpdatedAt = time.UtcNow();
        row.Revision = draft.Revision + 1;
    }

    private static List<Refusal> Check(RewardDraft draft)
    {
        List<Refusal> found = [];
        void Need(bool holds, string code, string field, params object[] values)
        {
            if (!holds)
                found.Add(new(code, field, values));
        }
        Need(draft.NameId.Trim().Length is > 0 and <= 100, "name.needed", nameof(draft.NameId));
        Need(draft.NameEn.Trim().Length is > 0 and <= 100, "name.needed", nameof(draft.NameEn));
        Need(draft.DescriptionId.Length <= 1000, "text.long", nameof(draft.DescriptionId), 1000);
        Need(draft.DescriptionEn.Length <= 1000, "text.long", nameof(draft.DescriptionEn), 1000);
        Need(draft.Points is > 0 and <= 1_000_000_000, "points.range", nameof(draft.Points));
        Need(draft.Stock is null or >= 0, "stock.range", nameof(draft.Stock));
        Need(draft.ValidDays is > 0 and <= 3650, "days.range", nameof(draft.ValidDays));
        Need(draft.Kind != RewardKind.AmountOff || draft.Value > 0, "value.needed", nameof(draft.Value));
        Need(draft.Kind != RewardKind.PercentOff || draft.Value is > 0 and <= 100, "percent.range", nameof(draft.Value));
        Need(draft.To is null || draft.From is null || draft.To >= draft.From, "dates.order", nameof(draft.To));
        return found;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+){0,9}$")]
    private static partial Regex KeyForm();
}
