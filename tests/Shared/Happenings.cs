using Microsoft.Extensions.DependencyInjection;
using Portal.Rewarding;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Tests.Shared;

/// <summary>Things that happen to members, through the real use cases.</summary>
public static class Happenings
{
    /// <summary>What the rules give for joining.</summary>
    public static async Task JoinsAsync(this PortalServer server, MemberId member)
    {
        var rewards = server.Services.GetRequiredService<Rewards>();
        await using var work = await rewards.BeginAsync(CancellationToken.None);
        var account = await work.FindAsync(member, CancellationToken.None) ?? throw new InvalidOperationException($"There is no member {member}.");
        await rewards.DecideAsync(
            work, account, new Registered { Reference = $"registered:{member}", Member = member, OccurredAt = work.Now, Channel = "web" }, CancellationToken.None);
        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>A sale, as a till reports it.</summary>
    public static async Task<PurchaseReceipt> BuysAsync(this PortalServer server, Purchase purchase)
    {
        await using var work = await server.Services.GetRequiredService<Rewards>().BeginAsync(CancellationToken.None);
        var receipt = await server.Services.GetRequiredService<RecordPurchase>().HandleAsync(work, purchase, "api", CancellationToken.None);
        await work.CommitAsync(CancellationToken.None);
        return receipt.Value;
    }
}
