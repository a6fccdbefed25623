using Microsoft.EntityFrameworkCore;
using Portal.Data;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Rewarding.Messages;

/// <summary>Whether the message texts that a rule names exist and say only what its event has.</summary>
public static class MessageChecks
{
    public static async Task<IReadOnlyList<RuleFault>> OfAsync(PortalDb db, Rule rule, CancellationToken cancel)
    {
        var named = rule.Effects.Select((effect, index) => (Effect: effect as Notify, Path: $"effects[{index}].template"))
            .Where(e => !string.IsNullOrWhiteSpace(e.Effect?.Template)).ToList();
        if (named.Count == 0)
            return [];
        var texts = await db.Set<MessageTextRow>().AsNoTracking().ToDictionaryAsync(t => t.Key, cancel);
        var faults = new List<RuleFault>();
        foreach (var (effect, path) in named)
        {
            if (!texts.TryGetValue(effect!.Template, out var text))
            {
                faults.Add(new(rule.Id, path, new($"Tidak ada teks pesan \"{effect.Template}\".", $"There is no message text \"{effect.Template}\".")));
                continue;
            }
            foreach (var name in text.Parts().SelectMany(p => Placeholders.In(p.Text)).Distinct())
            {
                if (Placeholders.Find(name) is not { } known)
                    continue; // refused when the text was saved
                if (!known.IsFor(rule.Trigger))
                    faults.Add(new(rule.Id, path, new($"Teks \"{text.Key}\" memakai {{{name}}}, yang tidak ada pada peristiwa ini.", $"The text \"{text.Key}\" uses {{{name}}}, which this event does not have.")));
                else if (known.NeedsVoucher && !rule.Effects.OfType<RewardsEngine.Rewards.GiveVoucher>().Any())
                    faults.Add(new(rule.Id, path, new($"Teks \"{text.Key}\" memakai {{{name}}}, tetapi aturan ini tidak memberi voucher.", $"The text \"{text.Key}\" uses {{{name}}}, but this rule gives no voucher.")));
            }
        }
        return faults;
    }

    /// <summary>The rules that name a text, ended ones left out, and whether one of them is in force.</summary>
    public static IReadOnlyList<(RuleId Rule, LocalizedText Name)> Naming(IEnumerable<Rule> rules, string key) =>
        [.. rules.Where(r => r.Effects.OfType<Notify>().Any(n => n.Template == key)).Select(r => (r.Id, r.Name))];
}
