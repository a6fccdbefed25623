using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Portal.Identity.ApiKeys;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Vouchers;
using RewardsEngine.Decisions.Wording;

namespace Portal.Api;

public sealed record VoucherUseRequest
{
    [Description("The receipt it is used on, unique for this voucher. Sending it again changes nothing.")]
    public string? Reference { get; init; }
}

/// <summary>A voucher as a till sees it.</summary>
public sealed record VoucherAnswer
{
    public required string Code { get; init; }
    public required string Name { get; init; }

    [Description("usable, notYet, reserved, expired, used, revoked.")]
    public required string State { get; init; }

    public required bool Usable { get; init; }
    public required DateOnly ValidFrom { get; init; }

    [Description("The last day, in the programme's zone.")]
    public required DateOnly ValidTo { get; init; }

    public required long UsesLeft { get; init; }

    [Description("What it gives, in words.")]
    public required IReadOnlyList<string> Gives { get; init; }

    [Description("The key of the reward to hand over, when it stands for a thing.")]
    public string? Reward { get; init; }

    [Description("True when anybody may use it, not only its owner.")]
    public required bool Transferable { get; init; }

    [Description("The owner's card with all but its end hidden.")]
    public string? OwnerCard { get; init; }

    public DateTime? UsedAt { get; init; }

    [Description("The reference it was used on.")]
    public string? UsedOn { get; init; }

    [Description("For a use: true when this reference had used it before.")]
    public bool? Repeated { get; init; }

    internal static VoucherAnswer Of(CounterVoucher v, RuleText words, bool? repeated) => new()
    {
        Code = v.Code,
        Name = v.Name.In(PricedAnswer.Language),
        State = Key(v.View),
        Usable = v.View == VoucherView.Usable,
        ValidFrom = v.ValidFrom,
        ValidTo = v.ValidTo,
        UsesLeft = v.UsesLeft,
        Gives = words.Gives(v.Template.Discounts),
        Reward = v.Template.Discounts.Count == 0 ? v.Template.Reward : null,
        Transferable = v.Template.Transferable,
        OwnerCard = v.MaskedCard,
        UsedAt = v.UsedAt,
        UsedOn = v.UsedOn,
        Repeated = repeated,
    };

    internal static string Key(VoucherView view) => JsonNamingPolicy.CamelCase.ConvertName(view.ToString());
}

/// <summary>Takes a till's voucher to the counter.</summary>
internal sealed class VoucherDesk(VoucherCounter counter, ProgrammeStore programmes, IStringLocalizer<ApiTexts> texts)
{
    public async Task<IResult> CheckAsync(string code, CancellationToken cancel) => await counter.FindAsync(code, cancel) is { } voucher
        ? Results.Json(VoucherAnswer.Of(voucher, await WordsAsync(cancel), repeated: null), ApiJson.Options)
        : new ProblemResult(new(StatusCodes.Status404NotFound, "voucher.unknown"));

    public async Task<ApiOutcome<VoucherAnswer>> UseAsync(string code, VoucherUseRequest request, string by, CancellationToken cancel)
    {
        var checks = new FieldChecks();
        var reference = checks.Text("reference", request.Reference, FieldChecks.MaxReference);
        if (!checks.Ok)
            return checks.Problem;
        var result = await Conflicts.OnceMoreAsync(() => counter.UseAsync(code, reference!, by, cancel));
        if (result.Succeeded)
            return new(VoucherAnswer.Of(result.Value.Voucher, await WordsAsync(cancel), result.Value.Repeated), Repeated: true, null);
        return result.Refusals is [{ Code: "voucher.unusable", Values: [VoucherView view] }]
            ? new ApiProblem(StatusCodes.Status409Conflict, "voucher.unusable", null, texts[$"State.{view}"].Value)
            : Refusals.Of(result.Refusals);
    }

    private async Task<RuleText> WordsAsync(CancellationToken cancel) => new((await programmes.CurrentAsync(cancel)).Programme, PricedAnswer.Language);
}

/// <summary>Vouchers at the till.</summary>
internal static class VoucherEndpoints
{
    public static void MapVouchers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/vouchers/{code}", (string code, VoucherDesk desk, CancellationToken cancel) => desk.CheckAsync(code, cancel))
            .RequireAuthorization(ApiPolicies.VouchersRead)
            .DescribeRead<VoucherAnswer>("checkVoucher", "Check a voucher", "What it gives, whether it can be used today, and whose it is (masked).");

        api.MapPost("/vouchers/{code}/use", (string code, HttpRequest request, VoucherDesk desk, CancellationToken cancel) =>
                ApiCalls.OneAsync<VoucherUseRequest, VoucherAnswer>(
                    request, (r, c) => desk.UseAsync(code, r, request.HttpContext.User.Identity?.Name ?? "", c), cancel))
            .RequireAuthorization(ApiPolicies.VouchersWrite)
            .Describe<VoucherUseRequest, VoucherAnswer>("useVoucher", "Mark a voucher as used",
                "For a voucher handed in outside a purchase; in a purchase, send it in codes instead. 409 when it cannot be used (any more).", repeatable: false, mayBeMissing: true);
    }
}
