using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Rewarding.Programmes;
using Portal.Ui;
using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Decisions.Wording;
using RewardsEngine.Programs;

namespace Portal.Features.Programs.Rules;

/// <summary>Rules in plain words, for lists and previews.</summary>
public sealed class RuleWords(IStringLocalizer<ProgramTexts> texts)
{
    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "id" ? "id" : "en";

    public string Name(Rule rule) => rule.Name.In(Language);

    public string Trigger(string trigger, Programme programme) => ActivityTypes.Standard.Contains(trigger)
        ? texts[$"Trigger.{trigger}"]
        : programme.CustomActivities.FirstOrDefault(c => ActivityTypes.CustomPrefix + c.Name == trigger)?.Label.In(Language) ?? trigger;

    public IEnumerable<(string Value, string Text)> Triggers(Programme programme) =>
        ActivityTypes.Standard.Where(t => t != ActivityTypes.Refund).Concat(programme.CustomActivities.Select(c => ActivityTypes.CustomPrefix + c.Name))
            .Select(t => (t, Trigger(t, programme)));

    public IReadOnlyList<string> Gives(Rule rule, Programme programme) => Text(programme, Language).Gives(rule);

    /// <summary>What customers will read about it.</summary>
    public static RulePreview Preview(Rule rule, CompiledRuleSet current, string language)
    {
        var text = Text(current.Programme, language);
        var condition = Condition.Parse(rule.Condition ?? "", current.VocabularyOf(rule.Trigger)).Condition;
        var needs = condition is { IsAlways: false } ? condition.Describe(language, ProgrammeNames.In(current.Programme, language)) : null;
        IReadOnlyList<string> how = rule.Description is { } own ? [own.In(language)] : needs is null ? [text.When(rule)] : [text.When(rule), needs];
        return new(language, rule.Name.In(language), text.Gives(rule), how, text.Terms(rule));
    }

    public static StatusKind Kind(RuleStatus status) => status switch
    {
        RuleStatus.Live => StatusKind.Good,
        RuleStatus.Paused or RuleStatus.InReview => StatusKind.Warn,
        _ => StatusKind.Info,
    };

    private static RuleText Text(Programme programme, string language) => new(programme, language, ProgrammeNames.In(programme, language));
}

/// <summary>A rule as customers read it in one language.</summary>
public sealed record RulePreview(string Language, string Name, IReadOnlyList<string> Gives, IReadOnlyList<string> How, IReadOnlyList<string> Terms);
