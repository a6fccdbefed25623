using System.Globalization;
using Complaints.Cases;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Vouchers;
using Portal.Ui;
using RewardsEngine.Values;

namespace Portal.Features.Complaints;

/// <summary>The vouchers of a decision: named and valued when it is sent, issued when it is carried out.</summary>
internal sealed class RemedyVouchers(GiveVoucher give, Format format)
{
    private static readonly CultureInfo Indonesian = CultureInfo.GetCultureInfo("id-ID");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>The command with its vouchers named and valued against the limit; refused when a reward is not to be had.</summary>
    public async Task<Result<CaseCommand>> PriceAsync(PortalDb db, CaseCommand command, CancellationToken cancel)
    {
        switch (command)
        {
            case SendDecision sent:
                var first = await PriceAsync(db, sent.Decision, cancel);
                return first.Succeeded ? sent with { Decision = first.Value } : first.Refusals[0];
            case SendFinalDecision sent:
                var final = await PriceAsync(db, sent.Decision, cancel);
                return final.Succeeded ? sent with { Decision = final.Value } : final.Refusals[0];
            default:
                return command;
        }
    }

    /// <summary>Issues the vouchers that the decision in force promises. Nothing is taken when one of them is not to be had.</summary>
    /// <returns>Null when a reward is gone or sold out.</returns>
    public async Task<List<GivenVoucher>?> GiveAsync(RewardingWork work, OpenCase open, CancellationToken cancel)
    {
        List<VoucherRow> given = [];
        await work.SavepointAsync("vouchers", cancel);
        foreach (var terms in open.Case.Decision!.Remedies.Select(r => r.Voucher).OfType<VoucherTerms>())
        {
            var round = open.Case.History.Count(e => e is RemedyDelivered) + 1;
            var cause = string.Create(CultureInfo.InvariantCulture, $"complaint:{open.Row.Reference}/{round}.{given.Count + 1}");
            if (await give.HandleAsync(work, open.Row.MemberId, Gift(terms), cause, cancel) is { } voucher)
            {
                given.Add(voucher);
                continue;
            }
            await work.RollbackToAsync("vouchers", cancel);
            foreach (var row in given)
                work.Db.Remove(row); // added in this work, so that it is forgotten
            return null;
        }
        return given.ConvertAll(v => new GivenVoucher(v.Code, v.ValidTo, v.NameId, v.NameEn));
    }

    private async Task<Result<Decision>> PriceAsync(PortalDb db, Decision decision, CancellationToken cancel)
    {
        List<Remedy> remedies = [];
        foreach (var remedy in decision.Remedies)
        {
            if (remedy.Voucher is not { IsComplete: true } terms)
            {
                remedies.Add(remedy); // the machine says what is missing
                continue;
            }
            if (await give.PriceAsync(db, Gift(terms), cancel) is not { } price)
                return new Refusal("case.voucher_gone");
            remedies.Add(remedy with { Voucher = terms with { NameId = price.Name.Id, NameEn = price.Name.En, Worth = price.Worth } });
        }
        return decision with { Remedies = remedies };
    }

    private VoucherGift Gift(VoucherTerms terms) => new(terms.Reward, terms.Amount, terms.Percent, terms.ValidDays, new(NameOf(terms, Indonesian, "Potongan {0}"), NameOf(terms, English, "{0} off")));

    private string NameOf(VoucherTerms terms, CultureInfo culture, string form) => string.Format(culture, form,
        terms.Percent > 0 ? format.Percent(terms.Percent, culture) : format.Money(new(terms.Amount, Currency.Of(terms.Currency ?? "IDR")), culture));
}
