using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Json;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Rewarding.Vouchers;

/// <summary>A voucher that somebody gives: a reward of the catalogue, an amount or a percentage off.</summary>
/// <param name="Reward">Key of the reward; null for the other two.</param>
/// <param name="Amount">Off one order; 0 for the other two.</param>
/// <param name="Percent">Off one order; 0 for the other two.</param>
/// <param name="ValidDays">The day it is given included.</param>
/// <param name="Name">What it is called; a reward brings its own name.</param>
public sealed record VoucherGift(string? Reward, decimal Amount, decimal Percent, int ValidDays, LocalizedText Name);

/// <summary>Gives vouchers without taking points, for goodwill. They are used like every other voucher, at tills and counters.</summary>
public sealed class GiveVoucher(ProgrammeStore programmes, IOptions<PortalOptions> options)
{
    // The rule field of a voucher that no rule issued.
    private static readonly RuleId ByStaff = new("goodwill");

    /// <summary>What it is worth in points, and its name; null when there is no such reward. A percentage has no worth until it is used.</summary>
    public async Task<(LocalizedText Name, long? Worth)?> PriceAsync(PortalDb db, VoucherGift gift, CancellationToken cancel)
    {
        if (gift.Reward is { } key)
            return await ShelvedAsync(db, key, cancel) is { Stock: not 0 } reward ? (reward.Name, reward.Points) : null;
        if (gift.Amount <= 0 || (await programmes.CurrentAsync(db, cancel)).Programme.Conversion is not { Amount: > 0 } worth)
            return (gift.Name, null);
        return (gift.Name, (long)Math.Ceiling(gift.Amount * worth.Points / worth.Amount));
    }

    /// <summary>Issues it within the open work; a reward's stock is taken with it.</summary>
    /// <param name="work">The open work.</param>
    /// <param name="member">Whose it is; null: whoever shows the code.</param>
    /// <param name="gift">What it is good for.</param>
    /// <param name="cause">Type and reference of what it is given for.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Null when the reward is gone or sold out.</returns>
    public async Task<VoucherRow?> HandleAsync(RewardingWork work, MemberId? member, VoucherGift gift, string cause, CancellationToken cancel)
    {
        var template = gift.Reward is { } key
            ? await TakeAsync(work.Db, key, cancel)
            : new VoucherTemplate
            {
                Key = "goodwill",
                Name = gift.Name,
                Discounts = gift.Percent > 0 ? [new PercentOffOrder { Percent = gift.Percent }] : [new AmountOffOrder { Amount = gift.Amount }],
            };
        if (template is null)
            return null;
        var today = ProgrammeDays.Of(work.Now, options.Value.Zone);
        var row = new VoucherRow
        {
            Code = VoucherIssuer.NewCode(),
            MemberId = member,
            Template = EngineJson.Write(template with { ValidDays = gift.ValidDays }),
            NameId = template.Name.Id,
            NameEn = template.Name.En,
            IssuedBy = ByStaff,
            IssuedFor = cause,
            IssuedAt = work.Now,
            ValidFrom = today,
            ValidTo = today.AddDays(gift.ValidDays - 1),
        };
        work.Db.Add(row);
        return row;
    }

    private async Task<RewardRow?> ShelvedAsync(PortalDb db, string key, CancellationToken cancel) =>
        await db.Set<RewardRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Key == key && r.Active, cancel);

    // Conditional: of two who give the last one away, the database lets one.
    private async Task<VoucherTemplate?> TakeAsync(PortalDb db, string key, CancellationToken cancel)
    {
        if (await ShelvedAsync(db, key, cancel) is not { } reward)
            return null;
        var taken = await db.Set<RewardRow>().Where(r => r.Id == reward.Id && (r.Stock == null || r.Stock > 0))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Stock, r => r.Stock - 1).SetProperty(r => r.Revision, r => r.Revision + 1), cancel);
        return taken == 1 ? reward.Template(options.Value.ProgrammeCurrency) : null;
    }
}
