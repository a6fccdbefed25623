using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Settles which rules may answer: status, schedule, audience, code or choice, limits, vouchers.</summary>
internal sealed class Candidates
{
    private readonly Situation _situation;
    private readonly List<string> _codes;
    private readonly FactsOf _facts;

    public Candidates(Situation situation, FactsOf facts)
    {
        _situation = situation;
        _facts = facts;
        _codes = situation.Purchase is { Codes.Count: > 0 } purchase
            ? purchase.Codes.Select(code => code.Trim()).Where(code => code.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList()
            : [];
        var holding = situation.Trigger.Holding(facts.Initial);
        var rules = situation.Trigger.Rules;
        Verdicts = new Verdict[rules.Length];
        var isPlain = !situation.IsGuest && situation.Resources.Exhausted.Count == 0;
        for (var position = 0; position < rules.Length; position++)
        {
            var rule = rules[position];
            if (!isPlain || !rule.IsOpen) Consider(rule, holding[position]);
            else if (MayHold(rule, holding[position])) Ready.Add(new(rule, holding[position]));
            else Verdicts[position] = Verdict.OutOfReach;
        }
        var vouchers = Ready.Count;
        foreach (var code in _codes)
            if (!CodeReasons.ContainsKey(code)) ConsiderVoucher(code);
        if (Ready.Count > vouchers) Ready.Sort((left, right) => CompiledRule.CompareByOrder(left.Rule, right.Rule));
        for (var slot = 0; slot < Ready.Count; slot++) Ready[slot].Slot = slot;
    }

    /// <summary>What was found about a rule before the run: nothing, that its condition cannot hold any more, or why it is refused.</summary>
    public readonly record struct Verdict(byte Value)
    {
        public static Verdict OutOfReach => new(1);

        public static Verdict Refused(MissReason reason) => new((byte)((int)reason + 2));

        public bool IsOutOfReach => Value == 1;

        public MissReason? Reason => Value < 2 ? null : (MissReason)(Value - 2);
    }

    /// <summary>In the order of evaluation.</summary>
    public List<Candidate> Ready { get; } = [];

    /// <summary>By the position of the rule.</summary>
    public Verdict[] Verdicts { get; }

    public List<(CompiledRule Rule, MissReason Reason)> RefusedVouchers { get; } = [];

    /// <summary>For each code presented: its rule and why it does not count; no reason while it still may.</summary>
    public Dictionary<string, (RuleId? Rule, MissReason? Reason)> CodeReasons { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Codes => _codes;

    /// <summary>Discounts only lower totals: a condition that fails at first and can only fall is out of reach. A group that is tried in every order keeps all its places.</summary>
    private static bool MayHold(CompiledRule rule, bool holds) => holds || rule.Course is Course.Rising or Course.Any || rule.GroupMode == GroupMode.BestOrder;

    private void Consider(CompiledRule rule, bool holds)
    {
        var (code, claims, activation) = Activated(rule.Rule);
        var reason = activation ?? ReasonAgainst(rule);
        var times = Math.Max(1, claims);
        if (reason is null)
        {
            var left = UsesLeft(rule, out var limit);
            if (left <= 0) reason = limit;
            else times = (int)Math.Min(times, left);
        }
        var isOut = reason is null && !MayHold(rule, holds);
        if (code is not null) CodeReasons[code] = (rule.Id, isOut ? MissReason.ConditionFailed : reason);
        if (reason is { } refused) Verdicts[rule.Position] = Verdict.Refused(refused);
        else if (isOut) Verdicts[rule.Position] = Verdict.OutOfReach;
        else Ready.Add(new(rule, holds, times, code));
    }

    private MissReason? ReasonAgainst(CompiledRule rule)
    {
        if (rule.Rule.Status is not (RuleStatus.Live or RuleStatus.Scheduled)) return MissReason.NotLive;
        if (_situation.Resources.Exhausted.Contains(rule.Id)) return MissReason.Exhausted;
        if (!InSchedule(rule.Rule.Schedule, rule.Zone)) return MissReason.OutsideSchedule;
        return InAudience(rule.Rule.Audience) ? null : MissReason.NotInAudience;
    }

    private (string? Code, int Claims, MissReason? Reason) Activated(Rule rule)
    {
        switch (rule.Activation.Kind)
        {
            case ActivationKind.OnRequest:
                var claims = ClaimsOf(rule.Id);
                return (null, rule.Activation.Repeatable ? claims : Math.Min(1, claims), claims == 0 ? MissReason.CodeNotGiven : null);
            case ActivationKind.SharedCode:
                var shared = Presented(rule.Activation.Code);
                return (shared, 1, shared is null ? MissReason.CodeNotGiven : null);
            case ActivationKind.UniqueCodes:
                var known = PresentedOf(rule.Id);
                return (known?.Code, 1, known is null ? MissReason.CodeNotGiven : CodeReason(known));
            default:
                return (null, 1, null);
        }
    }

    private int ClaimsOf(RuleId rule) => _situation.Purchase?.Claims.Count(claim => claim == rule) ?? 0;

    private string? Presented(string? wanted)
    {
        foreach (var code in _codes)
            if (string.Equals(code, wanted, StringComparison.OrdinalIgnoreCase)) return code;
        return null;
    }

    private CodeState? PresentedOf(RuleId rule) => _codes.Count == 0
        ? null
        : _situation.Resources.Codes.FirstOrDefault(state => state.Rule == rule && _codes.Contains(state.Code, StringComparer.OrdinalIgnoreCase));

    private MissReason? CodeReason(CodeState code) =>
        code.Revoked ? MissReason.CodeNotValid
        : code.Owner is { } owner && owner != _situation.Activity.Member ? MissReason.CodeOfAnother
        : code.UsesLeft <= 0 ? MissReason.CodeUsed
        : null;

    private bool InSchedule(Schedule schedule, TimeZoneInfo? zone)
    {
        var local = zone is null ? _situation.Local : TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(_situation.Activity.OccurredAt, DateTimeKind.Utc), zone);
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (day < schedule.From || day > schedule.To) return false;
        if (schedule.Weekdays.Count > 0 && !schedule.Weekdays.Contains(day.DayOfWeek)) return false;
        return (schedule.FromTime, schedule.ToTime) switch
        {
            ({ } from, { } to) when to < from => time >= from || time < to,
            var (from, to) => !(time < from) && !(time >= to),
        };
    }

    private bool InAudience(Audience audience)
    {
        if (_situation.IsGuest)
            return audience is { Guests: true, Segments.Count: 0, Tiers.Count: 0, Consents.Count: 0, Only: null };
        var member = _situation.Member;
        return (audience.Only is not { } only || only == member.Id)
            && (audience.Segments.Count == 0 || audience.Segments.Any(member.Segments.Contains))
            && (audience.Tiers.Count == 0 || (member.Tier is { } tier && audience.Tiers.Contains(tier)))
            && audience.Consents.All(member.Consents.Contains);
    }

    /// <summary>How often the rule can still be used now, and what binds.</summary>
    private long UsesLeft(CompiledRule rule, out MissReason binds)
    {
        var (left, member, everyone) = (long.MaxValue, _situation.UseOf(rule.Id), _situation.LeftOf(rule.Id));
        binds = MissReason.LimitReached;
        foreach (var limit in rule.Rule.Limits)
        {
            var remaining = limit switch
            {
                { For: CountedFor.Everyone } => everyone?.Uses ?? limit.Uses,
                { Span: Span.Order } => limit.Uses,
                { Span: Span.Ever } => limit.Uses - (member?.Uses ?? 0),
                _ => limit.Uses - UsesSince(_situation.StartOf(limit.Span), member),
            };
            left = Math.Min(left, remaining);
        }
        if (rule.Rule.Budget?.Uses is { } budget && (everyone?.BudgetUses ?? budget) is var uses && uses < left)
        {
            if (left > 0) binds = MissReason.BudgetExceeded;
            left = uses;
        }
        return left;
    }

    private static long UsesSince(DateOnly? start, RuleUse? use)
    {
        var sum = 0L;
        for (var index = 0; index < (use?.Days.Count ?? 0); index++)
            if (use!.Days[index].Day >= start) sum += use.Days[index].Uses;
        return sum;
    }

    private void ConsiderVoucher(string code)
    {
        if (_situation.Resources.Vouchers.FirstOrDefault(state => string.Equals(state.Code, code, StringComparison.OrdinalIgnoreCase)) is not { } voucher)
        {
            CodeReasons[code] = (null, MissReason.CodeUnknown);
            return;
        }
        var rule = Vouchers.AsRule(voucher, _situation);
        var reason = ReasonAgainst(voucher, rule.Id);
        CodeReasons[code] = (rule.Id, reason);
        if (reason is { } refused) RefusedVouchers.Add((rule, refused));
        else Ready.Add(new(rule, rule.Condition is not { } condition || condition.Test(_facts.Initial), 1, voucher.Code));
    }

    private MissReason? ReasonAgainst(VoucherState voucher, RuleId id) =>
        voucher.Reserved || voucher.Revoked || _situation.Today < voucher.ValidFrom || _situation.Today > voucher.ValidTo ? MissReason.CodeNotValid
        : !voucher.Template.Transferable && voucher.Owner is { } owner && owner != _situation.Activity.Member ? MissReason.CodeOfAnother
        : voucher.UsesLeft <= 0 ? MissReason.CodeUsed
        : _situation.Resources.Exhausted.Contains(id) ? MissReason.Exhausted
        : null;
}
