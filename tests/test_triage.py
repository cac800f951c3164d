"""Triage: what must raise an alarm, what must not, what is said, and how long it may take."""

import re
import time
import tomllib
from pathlib import Path

import pytest

import assistant.triage
from assistant.triage import Alarm, triage
from ingest.texts import fixed_text

TABLE = tomllib.loads(Path(assistant.triage.__file__).with_name("triage.toml").read_text(encoding="utf-8"))

EMERGENCIES = {
    "en": """
        cant breath | I can't breathe | I can’t breathe!! | i can not breath | CANT BREATHE
        chest hurts real bad | my chest hurts real bad what do i do | I have chest pain right now
        he's having a stroke | having a stroke | her face is drooping on one side | my wife just passed out
        he won't wake up | she wont wake up | I took too many pills | the bleeding won't stop | he overdosed
        fell and can't get up | mom fell hit head bleeding | dad isn't breathing | my wife just collapsed
        she is choking | he swallowed poison | severe allergic reaction throat closing | my dad is not breathing
        hes not breathing pls help | My mother fell in the bathroom and she can't get up
        I think I'm having a heart attack | chest pain | I have chest pain, is the ambulance covered?
        I can't breathe, does Medi-Cal pay for the ER? | my husband is unconcious | she is having a siezure
        my chest feels tight and my arm is numb | he drank bleach | call 911 | should i call 911
        send an ambulance now | my throat is swelling shut
        sugar is low and he is passing out, blood sugar 40 and shaking | my lips are turning blue
        he has no pulse | i took the whole bottle of my blood pressure pills | coughing up blood
        the house is on fire | is this a heart attack? | grandpa is not responding | cant catch my breath
        I'm having truble breathing | i am having trouble breathing | my husband is hitting me
        he is bleeding a lot from the head | dad had a stroke just now | I can barely breathe | choking on food
        cant brethe | My husband collapsed. | My mom can't wake up my dad, we cannot wake him up
        my baby swallowed a battery | shes unresponsive | please help my dad collapsed on the floor
        worst headache of my life | i feel like im dying | i cant breeeathe | my chst hurts so bad
        I slipped and broke my hip | think my mom is having a stroke | My mother fell down the stairs
        my son says he is going to kill me | carbon monoxide alarm is going off
        My husband is clutching his chest and sweating | I'm having chest pains and my left arm is tingling
        my chest is killing me | sharp pain in my chest since this morning | there is a heavy weight on my chest
        I think I am having a heart atack | My wife can't talk and half her face is droopy
        my mom suddenly can't speak and her arm is weak | My dad's speech is slurred and his mouth is drooping
        grandma is confused and can't move her left side
        My roommate took a bunch of pills and is not waking up | my son od'd | my friend overdosed on fentanyl
        I accidentally took double my heart pills | I took my medicine twice and feel dizzy
        my grandson drank drain cleaner | my toddler ate my blood pressure pills
        I fell and I think I broke my hip | I fell and hit my head and there is blood
        mom fell down and is bleeding from her head | I've fallen and I can't get up
        My dad fell off the bed and he's unconscious | he's turning blue | not breathing | she stopped breathing
        My husband has stopped breathing | he is gasping | My throat is closing up after I ate shrimp
        bee sting and now my face is swelling | She is having an allergic reaction and her tongue is swollen
        he cant swallow and is choking on meat | I'm bleeding and it won't stop | blood won't stop coming
        I cut my hand really bad and it's gushing blood | he's throwing up blood
        my sugar is 30 and I'm about to pass out | my blood sugar is really low and I feel like passing out
        I feel like I'm going to faint | she's having seizures | my brother is having a fit on the floor
        he is shaking and foaming at the mouth | my mom is unresponsive what should I do
        Dad won't respond to me | help he collapsed | heart is racing and I feel like I'm dying
        there's a fire in my kitchen | my neighbor was shot | somebody stabbed my son
        my ex is outside with a gun | my caregiver is hitting me | Emergency! my wife collapsed
        I need an ambulance | can you send an ambulance to my house | should I go to the ER for chest pain
        I cant feel my legs all of a sudden | sudden loss of vision in one eye
        my mother has a high fever and stiff neck and is confused | shortness of breath and chest tightness
        can't breathe!! | I CANT BREATH HELP | he cant brethe | cant breath good
        my breathing is really bad I can't get air
        he is having a seizure and we are out of seizure pills | she took too many seizure pills
        no seizure medicine since monday and now he is shaking | out of his seizure meds and shes seizing
        I swallowed the whole bottle of seizure medicine | ran out of seizure pills, he just had a seizure
        he took all his seizure pills | two seizures today, no more seizure medicine
        the pills for his seizures ran out and he is having a seizure""",
    "es": """
        no puedo respirar | Mi papá no respira | me duele mucho el pecho | tengo dolor en el pecho
        mi esposo está teniendo un derrame | creo que es un infarto | mi mamá no despierta | se está ahogando
        se cayó y no se puede levantar | no para de sangrar | tomó demasiadas pastillas | se tragó veneno
        se le torció la cara | acaba de desmayarse | se le está cerrando la garganta | mi abuela se desmayó
        manden una ambulancia por favor | me falta el aire | mi hijo tuvo una sobredosis
        mi esposo me quiere matar | NO PUEDO RESPIRAR | le está dando un ataque al corazón | vomitando sangre
        ¿debo llamar al 911? | Necesito una ambulancia | Me duele el pecho y no puedo respirar bien
        tengo un fuerte dolor en el pecho y el brazo izquierdo dormido
        mi mamá se cayó y está sangrando de la cabeza | mi esposo se desmayó y no reacciona
        mi papa no puede respirar | creo que mi mamá está teniendo un derrame cerebral | mi niño se tomó cloro
        me tomé muchas pastillas | no puedo respirar ayuda | mi esposa no responde
        mi vecino se tragó muchas pastillas | mi hijo se está ahogando con comida
        me cai y no me puedo levantar | tengo mucha sangre y no para | mi abuelo tiene la cara caída de un lado
        el se desmayo | se le acabaron las pastillas para las convulsiones y le está dando una convulsión
        se tomó todas las pastillas para las convulsiones""",
    "zh": """
        我不能呼吸 | 我喘不過氣 | 我胸口很痛 | 我媽媽中風了怎麼辦 | 他昏倒了 | 叫他叫不醒
        我爸跌倒了起不來 | 流血不止 | 她吃了太多安眠藥 | 他喝了漂白水 | 喉嚨腫起來了 | 快叫救護車
        我爸爸沒有呼吸了 | 救命 | 噎住了 | 他昏迷了 | 叫不醒 | 血止不住
        我吃了過量的藥 | 我媽媽吞了很多藥 | 我太太暈倒了
        老公心臟病發作 | 我跌倒了起不了身 | 我呼吸不到""",
    "zh-Hans": """
        快帮我打911 | 我胸痛而且呼吸困难 | 我爸爸好像中风了，嘴歪了
        我不能呼吸了，救护车保险付吗 | 我喘不过气 | 我妈妈胸口痛 | 她吞了一整瓶药 | 脸歪了，说不出话
        我先生突然倒下，没有反应 | 我妈妈跌倒撞到头，流血了 | 我气喘不过来 | 我对花生过敏，喉咙肿了""",
    "vi": """
        tôi không thở được | mẹ tôi khó thở | tôi đang đau ngực | hình như ba tôi bị đột quỵ
        chồng tôi bất tỉnh | bà té không đứng dậy được | máu chảy không ngừng | uống quá nhiều thuốc
        con tôi bị hóc xương | miệng bị méo | gọi cấp cứu ngay | cứu tôi với | toi khong tho duoc
        me toi dau nguc | chong toi bat tinh | ba toi bi te khong dung day duoc | đang co giật
        uống thuốc quá liều | Tôi bị đau ngực và khó thở | Chồng tôi bị đột quỵ | mẹ tôi té ngã và chảy máu đầu
        ba tôi không thở | tôi uống quá nhiều thuốc | chồng tôi ngã quỵ xuống | Mẹ tôi bị ngất và không tỉnh lại
        tôi bị chảy máu không cầm được | toi bi dau nguc | me toi bi te gay xuong""",
    "ko": """
        숨을 못 쉬겠어요 | 숨을 쉴 수가 없어요 | 가슴이 너무 아파요 | 아버지가 쓰러졌어요 | 남편이 의식이 없어요
        뇌졸중 같아요 | 얼굴 한쪽이 마비됐어요 | 피가 안 멈춰요 | 넘어져서 못 일어나요 | 약을 너무 많이 먹었어요
        흔들어도 안 일어나요 | 구급차 불러 주세요 | 표백제를 마셨어요 | 목이 부어요 | 살려주세요
        숨을 안 쉬어요 | 가슴이 아프고 숨쉬기 힘들어요 | 어머니가 넘어지셔서 머리에서 피가 나요
        남편이 쓰러졌는데 반응이 없어요 | 약을 너무 많이 먹은 것 같아요 | 아내가 숨을 안 쉬어요
        얼굴 한쪽이 처지고 말을 못해요 | 가슴 통증이 있어요 | 뇌졸중인 것 같아요 | 숨이 막혀요
        목에 음식이 걸렸어요 | 발작 약이 떨어졌는데 발작을 하고 있어요 | 발작 약간 있어요""",
    "ru": """
        я не могу дышать | мама не дышит | у меня болит в груди | сильная боль в груди | кажется, у мужа инсульт
        он без сознания | она не просыпается | кровь не останавливается | папа упал и не может встать
        выпила слишком много таблеток | он подавился | перекосило лицо | срочно вызовите скорую | я умираю
        мама потеряла сознание | ребёнок проглотил батарейку | горло отекает | задыхаюсь
        У меня сильная боль в груди и трудно дышать | Мой муж потерял сознание
        мама упала и ударилась головой, идёт кровь | я приняла слишком много таблеток | у мужа инсульт
        таблетки от судорог кончились, у него судороги
        не могу вдохнуть | бабушка упала и не встаёт | сильно болит грудь | у него приступ, он не дышит""",
    "tl": """
        hindi ako makahinga | hindi humihinga si tatay | masakit ang dibdib ko | na-stroke yata si nanay
        ayaw magising ng asawa ko | nahulog si lola at hindi makatayo | hindi tumitigil ang dugo
        uminom siya ng sobrang daming gamot | nabulunan ang anak ko | namamaga ang lalamunan ko
        tumawag kayo ng ambulansya | hinimatay si nanay | inaatake sa puso si tatay | nakainom ng lason
        masakit ang dibdib ko at hirap akong huminga | nahimatay ang nanay ko at hindi nagigising
        nadapa si lola at dumudugo ang ulo | hindi makahinga ang asawa ko | tulong, inatake sa puso si tatay
        nasobrahan ako sa gamot | naistroke si mama""",
    "hy": """
        չեմ կարողանում շնչել | հայրս չի շնչում | կուրծքս ցավում է | մայրս չի արթնանում
        ընկավ ու չի կարողանում վեր կենալ | արյունը չի կանգնում | ամուսինս ինսուլտ ստացավ
        շատ հաբեր, չափից շատ դեղ խմեց | խեղդվում եմ | կանչեք շտապօգնություն | մեռնում եմ | նա ուշագնաց եղավ
        կրծքավանդակի ուժեղ ցավ ունեմ | կուրծքս շատ է ցավում և չեմ կարողանում շնչել
        մայրս ընկավ և գլխից արյուն է գնում | ամուսինս չի շնչում | կարծում եմ հայրս կաթված է ստացել
        շատ դեղ եմ խմել | նա գիտակցությունը կորցրեց""",
    "fa": """
        نمی‌توانم نفس بکشم | نمی تونم نفس بکشم | پدرم نفس نمی‌کشد | سینه‌ام درد می‌کند | فکر کنم مادرم سکته کرده
        بیدار نمی‌شود | خونریزی بند نمی‌آید | افتاد و نمی‌تواند بلند شود | قرص زیادی خورده | گلویم ورم کرده
        دارد خفه می‌شود | صورتش کج شده | آمبولانس بفرستید | مادرم بیهوش شد | درد شدید در قفسه سینه دارم
        شوهرم بیهوش شده و نفس نمی‌کشد | مادرم زمین خورد و سرش خون می‌آید | پدرم سکته کرده | نمیتونم نفس بکشم
        سینم درد میکنه | زیاد قرص خوردم | نفسم بالا نمیاد""",
    "ar": """
        لا أستطيع التنفس | أبي لا يتنفس | عندي ألم في الصدر | أعتقد أن أمي أصيبت بجلطة | زوجي فاقد الوعي
        لا يستيقظ | النزيف لا يتوقف | سقطت أمي ولا تستطيع النهوض | تناول الكثير من الحبوب | ابني يختنق
        حلقي يتورم | أرسلوا سيارة إسعاف | ما بقدر اتنفس | وجهه متدلي | شرب مبيض | أشعر بألم شديد في صدري
        زوجي لا يتنفس | أمي سقطت ورأسها ينزف | أبي فقد الوعي | أمي أصيبت بسكتة دماغية | لا أستطيع أن أتنفس
        ابتلعت الكثير من الحبوب | عندي وجع بصدري | زوجي مغمى عليه | مش قادر اتنفس""",
    "km": """
        ខ្ញុំដកដង្ហើមមិនរួច | ឪពុកខ្ញុំមិនដកដង្ហើម | ខ្ញុំឈឺទ្រូង | ម្តាយខ្ញុំសន្លប់ | ដាស់មិនភ្ញាក់
        ដួលហើយក្រោកមិនរួច | ហូរឈាមមិនឈប់ | លេបថ្នាំច្រើនពេក | ស្លាក់អាហារ | សូមហៅ 911 | ពិបាកដកដង្ហើម
        គាត់គាំងបេះដូង | ខ្ញុំពិបាកដកដង្ហើម | ម្តាយខ្ញុំដួល ហើយហូរឈាម | ប្តីខ្ញុំសន្លប់ | ខ្ញុំឈឺទ្រូងខ្លាំង
        គាត់មិនដកដង្ហើមទេ | ឪពុកខ្ញុំដាច់សរសៃឈាមខួរក្បាល""",
}

CRISES = {
    "en": """
        I want to die | i wanna die | want to kill myself | kill my self | I want to end it all
        I don't want to be here anymore | there's no reason to live | no reason to live
        they'd be better off without me | everyone is better off if i was dead | I'm better off dead
        thinking of hurting myself | I feel suicidal | im suicidal | I'll take all my pills so I don't wake up
        life isn't worth living | life is not worth living | my son wants to kill himself
        she says she wants to die | I dont want to live anymore | I don’t want to live | i wish i was dead
        I wish I were dead | nothing to live for | i am going to hang myself | tired of living
        thinking about suicide | i want to commit suicide | suiside
        sucidal thoughts, I am having suicidal thoughts | what's the point of living
        i can't go on like this anymore | I want to end my life | going to shoot myself
        my mom doesn't want to live anymore | how many pills would it take to die | i want to hurt myself
        I'm suicidal, does my plan cover therapy? | I just want to go to sleep and never wake up | kms
        i should just die | no one would miss me if i died | jump off a bridge | i want to slit my wrists
        No point in going on. | he keeps talking about killing himself | I want it all to end
        I'd rather be dead | my husband is suicidal | I hope I die in my sleep | is there a suicide hotline
        i give up on life | I want to unalive myself | I might harm myself | wants to end her life
        I do not want to wake up tomorrow | I feel like dying | I don't see a reason to go on
        I want to disappear and never come back | I'm done. I can't do this anymore and I want to die
        Sometimes I think everyone would be better off if I were dead | I've been thinking about ending my life
        thinking about killing my self | I have a gun and I want to use it on myself
        I'm planning to overdose tonight | I want to overdose | I took a bunch of pills on purpose
        I don't want to be alive | dont wanna live no more | don't wanna be here no more
        I don't feel like living anymore | I have nothing left to live for | life has no meaning anymore
        I feel hopeless and want to end things | I'm going to end it tonight | I wish I wouldn't wake up
        I wish I could just not wake up | I hate my life and want it to end
        My mother says she doesn't want to live | my husband keeps saying he wants to die
        my dad is threatening to kill himself | my daughter tried to kill herself
        my grandson is talking about suicide | I am a burden to my family and should be dead
        I'd be better off dead | my family would be better off without me
        there's no point anymore, I want to kill myself | I want to cut myself | I keep cutting myself
        I've been hurting myself | Can I be suicidal and still get coverage | what pills can I take to die
        if I lose my Medi-Cal I'll kill myself | if they cut my benefits I will kill myself
        I'm gonna kill myself if you don't help | nobody would miss me | nobody cares if I live or die
        I just want the pain to end, I want to die | I'm so tired I don't want to wake up | suicidal | suicide
        sucide | i want to sucide | thinking of suicde | I want to take my own life | I might hurt myself
        I'm afraid I might hurt myself | im gonna end my life""",
    "es": """
        quiero morir | Quiero morirme | me quiero matar | me quiero morir ya | no quiero vivir más
        ya no quiero vivir | quiero suicidarme | no tengo razón para vivir | la vida no vale la pena
        estarían mejor sin mí | estoy pensando en matarme | mi hijo se quiere suicidar | voy a quitarme la vida
        quiero acabar con todo | tomar pastillas para no despertar | estoy cansado de vivir
        ojalá no despertara | kiero morirme | quiero hacerme daño | tengo pensamientos suicidas
        Ya no quiero vivir | No quiero seguir viviendo | quiero terminar con mi vida | pienso en el suicidio
        he pensado en quitarme la vida | mi hija dice que se quiere morir | mi mamá dice que ya no quiere vivir
        ya no aguanto más, quiero morirme | no vale la pena vivir | sería mejor estar muerto
        tengo ganas de matarme | quisiera no despertar mañana | mi familia estaría mejor sin mí
        voy a tomarme todas las pastillas para morirme | si me quitan el Medi-Cal me mato""",
    "zh": """
        我想死 | 我不想活了 | 我想自殺 | 活著沒意思 | 我想結束自己的生命 | 沒有活下去的理由
        不如死了算了 | 沒有我他們會更好 | 我兒子說要自殺 | 我活不下去了 | 我想傷害自己 | 死了更好
        唔想做人 | 我不想活下去了 | 我太太說她想死 | 我想割腕 | 我不想再活了 | 活得好累，想死
        生活沒有意義，我想結束一切""",
    "zh-Hans": """
        我想自杀 | 没有活下去的理由 | 我想伤害自己 | 活着没意思 | 我妈妈不想活了 | 想跳楼
        人生没有意义 | 我觉得活着没有意义 | 我想要自杀 | 我想了结自己的生命 | 我死了大家会更好
        我有自杀的念头""",
    "vi": """
        tôi muốn chết | tôi muốn tự tử | tôi không muốn sống nữa | sống không có ý nghĩa | tôi định tự sát
        không còn lý do để sống | con tôi muốn tự tử | chết cho xong | tôi muốn làm hại bản thân | toi muon chet
        toi khong muon song nua | toi muon tu tu | chán sống | tôi nghĩ đến việc tự tử | thà chết còn hơn
        Tôi không muốn sống nữa | Tôi muốn tự sát | tôi muốn kết thúc cuộc đời mình | mẹ tôi nói bà muốn chết
        cuộc sống không còn ý nghĩa | tôi có ý định tự tử | gia đình tôi sẽ tốt hơn nếu không có tôi
        toi muon tu sat | tôi chỉ muốn chết thôi""",
    "ko": """
        죽고 싶어요 | 죽고싶다 | 자살하고 싶어요 | 살고 싶지 않아요 | 살 이유가 없어요 | 살기 싫어요
        목숨을 끊고 싶어요 | 차라리 죽는 게 나아요 | 아들이 자살하겠다고 해요 | 내가 없는 게 나아요
        자해하고 있어요 | 인생을 끝내고 싶어요 | 죽어버리고 싶어요 | 자살 충동이 들어요
        더 이상 살고 싶지 않아요 | 죽고 싶은 생각이 들어요 | 자살을 생각하고 있어요 | 엄마가 죽고 싶다고 하세요
        사는 게 의미가 없어요 | 저를 해치고 싶어요 | 살 의미가 없어요 | 그냥 죽었으면 좋겠어요""",
    "ru": """
        я хочу умереть | не хочу жить | хочу покончить с собой | не хочу больше жить | нет смысла жить
        убью себя | жить не хочется | всем будет лучше без меня | лучше умереть | думаю о самоубийстве
        я устала жить | сын хочет покончить с собой | выпью таблетки, чтобы не проснуться | хочу убить себя
        жизнь не имеет смысла | Я не хочу больше жить | Я думаю о самоубийстве
        хочу покончить жизнь самоубийством | мне незачем жить | мама говорит, что хочет умереть
        жизнь потеряла смысл | всем без меня будет лучше | хочу наложить на себя руки | я хочу себя убить
        у меня мысли о самоубийстве""",
    "tl": """
        gusto ko nang mamatay | ayoko nang mabuhay | magpapakamatay ako | gusto kong magpakamatay
        wala nang saysay ang buhay ko | mas mabuti pang mamatay | gusto kong mag-suicide
        pagod na akong mabuhay | sasaktan ko ang sarili ko | sana hindi na ako magising
        walang dahilan para mabuhay | gusto ko nang magpakamatay | ayoko nang mabuhay pa
        gusto ko nang mawala sa mundo | sabi ni nanay gusto na niyang mamatay
        parang wala nang saysay ang buhay | naiisip kong magpakamatay | gusto kong saktan ang sarili ko""",
    "hy": """
        ուզում եմ մեռնել | չեմ ուզում ապրել | մեռնել եմ ուզում | ինքնասպան լինեմ | ապրելու իմաստ չունեմ
        ուզում եմ ինքնասպանություն գործել | առանց ինձ ավելի լավ կլինի | հոգնել եմ ապրելուց
        այլևս չեմ ուզում ապրել | Ես չեմ ուզում ապրել | ուզում եմ ինքնասպան լինել
        մտածում եմ ինքնասպանության մասին | կյանքս իմաստ չունի | մայրս ասում է, որ ուզում է մեռնել
        ուզում եմ վերջ տալ կյանքիս""",
    "fa": """
        می‌خواهم بمیرم | میخوام بمیرم | می‌خواهم خودم را بکشم | دیگر نمی‌خواهم زندگی کنم | نمی‌خوام زنده باشم
        به خودکشی فکر می‌کنم | زندگی ارزش ندارد | دلیلی برای زندگی ندارم | بدون من حالشان بهتر است
        از زندگی خسته شده‌ام | می‌خوام خودمو بکشم | کاش می‌مردم | دیگر نمی‌خواهم زنده باشم | می‌خواهم خودکشی کنم
        میخوام خودکشی کنم | به فکر خودکشی هستم | زندگی‌ام بی‌معنی است | مادرم می‌گوید می‌خواهد بمیرد
        دیگه نمیخوام زندگی کنم | میخوام به زندگیم پایان بدم | کاش مرده بودم""",
    "ar": """
        أريد أن أموت | بدي موت حالي، بدي أموت | لا أريد أن أعيش | أفكر في الانتحار | أريد أن أقتل نفسي
        لا معنى لحياتي | الموت أفضل | ليتني مت | لا أريد العيش بعد الآن | سأقتل نفسي | تعبت من الحياة
        سيكونون أفضل بدوني | ابني يريد الانتحار | لا أريد أن أعيش بعد الآن | أريد الانتحار | أفكر في إنهاء حياتي
        أمي تقول إنها تريد أن تموت | ليس لدي سبب للعيش | أتمنى الموت | بدي انتحر | حياتي لا معنى لها
        أفكر بالانتحار""",
    "km": """
        ខ្ញុំចង់ស្លាប់ | ខ្ញុំចង់សម្លាប់ខ្លួន | ខ្ញុំមិនចង់រស់ទៀតទេ | ខ្ញុំចង់ធ្វើអត្តឃាត | គ្មានហេតុផលរស់នៅ
        ជីវិតគ្មានន័យ | លែងចង់រស់ | ស្លាប់ទៅប្រសើរជាង | ខ្ញុំចង់សំលាប់ខ្លួន | ខ្ញុំមិនចង់រស់ទៀត
        ខ្ញុំគិតចង់សម្លាប់ខ្លួន | ម្តាយខ្ញុំនិយាយថាចង់ស្លាប់ | ជីវិតខ្ញុំគ្មានន័យ | ខ្ញុំចង់បញ្ចប់ជីវិត""",
}

CALM = """
    does it cover emergency room visits | worldwide emergency coverage | is an ambulance covered
    my husband had a stroke last year, can he get therapy | what happens to my plan when I die
    I'm dying to know | this paperwork is killing me | chest x-ray covered? | non-emergency transportation
    he passed away after a heart attack in 2019, can I keep my plan | suicide prevention benefit covered?
    behavioral health crisis services covered? | my mom fell last month and needs a home aide
    pills are too expensive | do they cover overdose treatment | stroke rehab | heart attack history preexisting
    will they kill the program | Cal MediConnect died in 2022 | How do I change my plan?
    I don't want to live in a nursing home | I don't want to live with my son
    my mother wants to die at home, is hospice covered | I don't want to go on Medicare yet
    My husband had a stroke in 2018. | Does Medicare cover cardiac rehab after a stroke
    I take too many pills, is there a program for that | I took all my pills and need a refill from the pharmacy
    is it an emergency room copay | what counts as a medical emergency under the plan | urgent care vs emergency
    I can't get a hold of anyone at the plan | the plan is not responding to my appeal
    can't get an appointment | does Medi-Cal pay for a hospital bed | can I get oxygen equipment
    breathing machine CPAP covered | blood pressure pills | a lot of blood tests were billed
    I don't want to die waiting for approval | this is killing me
    I'm killing myself trying to fill out these forms | my wife passed away, what about her plan
    life insurance | end my plan | I want to end my coverage | how do I end it | what is end of life care
    is death benefit taxed | take my life insurance into account?
    the aid code says I'd be better off without it | better off with Medi-Cal only? | no reason to switch plans
    no point in calling them | I do not want to be here in this plan | help me please
    I need help right now with my card | my card won't work
    he had a heart attack and is in rehab, how many days | did the pilot collapse
    is seizure medication covered | epilepsy seizures specialist in network | the bill gave me a heart attack
    stroke of luck | lead poisoning test covered | is anaphylaxis medicine (EpiPen) covered
    does the plan cover naloxone for overdose | I fell in the donut hole | I fell through the cracks
    he fell behind on premiums | my coverage fell apart | passed out flyers | what does PACE cover for falls
    cut my benefits | they cut my hours of IHSS | my social worker hung up
    how many pills per month are covered | my brother committed suicide in 2015, can his wife keep Medi-Cal
    mental health therapy | depression screening covered | is behavioral health included | 988 | what is 911
    ambulance bill | I was unconscious in the hospital last month, who pays | pain in my knee
    shortness of breath specialist covered | difficulty breathing treatment covered | chest pain clinic
    my mom broke her hip last year and needs in-home care | she has had three strokes, does she qualify for PACE
    is treatment for choking covered | voluntary enrollment | dying for an answer lol
    I'd rather die than call them again | My dad died. What happens to his plan? | deadline | drop dead date
    is there a dead line | my phone died | Blue Shield turning blue card | hospice
    aid in dying in California covered | does the plan cover suicide attempts | can I go to any emergency room
    out-of-area emergency care | emergency Medi-Cal | emergency preparedness
    sleep apnea, he stops breathing at night, is CPAP covered | is breast screening covered
    how long after a stroke is rehab paid
    my seizure pills got recalled | how do I get seizure pills before the trip | out of stroke pills
    the pharmacist says my card doesn't work for the seizure medicine | who fills seizure medication
    my pills for seizures ran out and the refill is too soon | the store won't fill my seizure meds
    my heart attack pills are too expensive | naubos na ang gamot ko sa seizure
    need a refill of my chest pain pills | no seizure medicine left, which drugstore takes this card

    ¿cubre la ambulancia? | ¿cubre visitas a la sala de emergencias? | mi esposo tuvo un derrame el año pasado
    mi papá murió de un infarto en 2019 | ¿qué pasa con mi plan cuando me muera? | no quiero vivir en un asilo
    me muero de curiosidad | ¿cubre radiografía de pecho? | ¿cubren tratamiento por sobredosis?
    servicios de crisis | no puedo pagar las pastillas | mi mamá se cayó el mes pasado y necesita ayuda en casa
    no quiero estar en este plan | ¿el plan cubre prevención del suicidio? | transporte que no es de emergencia
    quiere morir en casa, hospicio | se me acabaron las pastillas para las convulsiones
    la farmacia no me da la medicina de las convulsiones

    急診室有保嗎 | 救護車費用保險付嗎 | 我先生去年中風，可以做復健嗎 | 我死後我的計劃怎麼辦 | 胸部X光檢查
    胸痛檢查有承保嗎 | 自殺預防服務包括在福利裡嗎 | 他2019年心臟病發去世 | 藥太貴了 | 非緊急交通 | 急诊室保不保
    我先生去年中风了，有康复治疗吗 | 我媽媽上個月跌倒，需要居家照顧 | 药物过量的治疗有报销吗 | 我想問醫療白卡
    抗抽搐的藥吃完了 | 死亡證明 | 不想活動

    bảo hiểm có trả phòng cấp cứu không | chồng tôi bị đột quỵ năm ngoái | xe cấp cứu có được bảo hiểm trả không
    nói từ từ thôi | khi tôi chết thì chương trình của tôi ra sao | thuốc mắc quá
    ba tôi qua đời vì đột quỵ năm 2019 | điều trị quá liều có được chi trả không
    tôi không muốn sống ở viện dưỡng lão | chụp X quang ngực | noi tu tu thoi
    mẹ tôi bị té tháng trước cần người giúp việc

    응급실 비용이 보험 되나요 | 구급차 비용 | 남편이 작년에 뇌졸중으로 쓰러졌어요 재활 치료
    제가 죽으면 플랜은 어떻게 되나요 | 자살 예방 프로그램 혜택 | 가슴 엑스레이 보장되나요 | 약값이 너무 비싸요
    발작 약이 떨어졌어요 약국에서 안 줘요
    배고파 죽겠어요 | 지난달에 넘어져서 간병인이 필요해요 | 양로원에서 살고 싶지 않아요 | 심장마비 병력이 있어요

    покрывает ли план скорую помощь | у мужа был инсульт в прошлом году | что будет с планом после смерти
    лечение передозировки оплачивается? | мама упала в прошлом месяце, нужна сиделка | рентген грудной клетки
    не хочу жить в доме престарелых | лекарства слишком дорогие | он умер от инфаркта в 2019
    закончились таблетки от судорог | умираю от любопытства | профилактика самоубийств покрывается?

    sakop ba ang emergency room | na-stroke ang asawa ko noong nakaraang taon | libre ba ang ambulansya
    ano ang mangyayari sa plan ko kapag namatay ako | mahal ang gamot | namatay siya sa atake sa puso noong 2019
    ayaw kong mabuhay sa nursing home | x-ray sa dibdib | sakop ba ang gamutan sa overdose

    ծածկու՞մ է շտապօգնությունը | ամուսինս անցյալ տարի ինսուլտ է ունեցել | դեղերը շատ թանկ են
    կրծքավանդակի ռենտգեն | ի՞նչ կլինի իմ ծրագրի հետ, երբ մահանամ | մայրս անցյալ ամիս ընկավ, օգնական է պետք

    آیا آمبولانس تحت پوشش بیمه است | شوهرم پارسال سکته کرد | وقتی بمیرم طرح من چه می‌شود | داروها خیلی گران است
    عکس قفسه سینه | پیشگیری از خودکشی تحت پوشش است؟ | پدرم در سال 2019 بر اثر سکته فوت کرد

    هل سيارة الإسعاف مغطاة | زوجي أصيب بجلطة العام الماضي | ماذا يحدث لخطتي عندما أموت | الأدوية غالية جدا
    أشعة الصدر مغطاة؟ | هل تغطي الخطة الوقاية من الانتحار | توفي بنوبة قلبية في 2019
    لا أريد أن أعيش في دار المسنين

    តើធានារ៉ាប់រងបង់ថ្លៃឡានពេទ្យទេ | ប្តីខ្ញុំដាច់សរសៃឈាមខួរក្បាលឆ្នាំមុន | ថ្នាំថ្លៃណាស់
    ពេលខ្ញុំស្លាប់តើគម្រោងខ្ញុំទៅជាយ៉ាងណា | ថតទ្រូង

    Does Medicare pay for a heart monitor? | what if I have an emergency while traveling
    who do I call in an emergency | emergency dental | does my plan cover CPR classes
    I had a stroke and need speech therapy | my mother had a heart attack last month, can she switch plans
    is there a limit on ambulance rides | My doctor says I'm at risk of stroke, are screenings covered
    I fell and broke my hip in January and I'm in a nursing facility | mom fell, how do I get a walker
    hospice for dying patients | my husband is dying of cancer, can we get hospice | end stage renal disease
    I can't afford my pills | I stopped taking my pills because of cost | I take 12 pills a day
    How many pills can I fill at once? | is the shot for allergic reactions covered | are EpiPens covered
    allergy testing | bleeding gums dentist | I have no reason to stay in this plan
    I don't want to be in this plan anymore | I don't want to be in a D-SNP anymore
    I want to kill this enrollment | I want to leave my plan and end it | I want to end my membership
    can I end it all online | how do I end everything with Health Net | my life depends on this medicine
    is it worth living in LA County for the plan | Would I be better off without a Medicare Advantage plan?
    would I be better off in Original Medicare | I'm sick of living in this facility | tired of calling
    I'd die without my IHSS | I don't want to live like a pauper to keep Medi-Cal
    if I die will Medi-Cal take my house | will Medi-Cal take my house when my mother dies
    what happens if my spouse dies | estate recovery after death | how does the 988 line work
    does medi-cal cover substance use overdose prevention | naloxone free | poison control covered
    is food poisoning hospital stay covered | cut off from Medi-Cal | my benefits were cut
    can they cut my pills | did Cal MediConnect end or die | dead link | the website crashed and collapsed
    my case worker is unresponsive | the county is not responding | my caregiver is not responding to calls
    my plan won't respond | I can't get up the stairs, can I get a stair lift
    I can't get out of bed without help, IHSS hours? | my mom can't move her legs and needs a wheelchair
    I can't walk, does it cover transportation | can't see well, is vision covered
    slurred speech after stroke therapy | numb feet diabetes shoes
    I have COPD and get short of breath, does it cover oxygen | breathing treatments nebulizer | chest cold
    chest CT prior authorization | do I need a referral for chest pain | heart failure program
    Does Medi-Cal cover seizures medication | what is a stroke center | I passed out of the program
    I want to hurt their feelings lol | kill two birds | kill switch | I shot an email | flu shot
    he got shot down for IHSS | burning question | hot flash
    Can my son be paid as caregiver, he is hitting his hours limit | I'm choking on these bills
    mental health crisis hotline covered | crisis stabilization | mobile crisis services
    psychiatric emergency coverage | inpatient psychiatric hospital after suicide attempt covered
    tiene cobertura de emergencia | cuánto cuesta la ambulancia | mi esposo falleció | me cortaron las pastillas
    no me alcanza para las medicinas | no quiero vivir con mi hija | quiero terminar con mi plan
    quiero acabar con este trámite | cobertura para dolor de pecho | mi mamá tuvo un infarto, ¿cubre terapia?
    estoy muerta de cansancio | me estoy muriendo de hambre | si me muero, ¿qué pasa con mi casa?
    no puedo vivir sin mi IHSS | 急诊 | 我想问救护车要付钱吗 | 我不想活在养老院 | 我想结束我的计划 | 胸片
    我想死你们了 | 我想死了以后房子怎么办 | khi tôi chết nhà tôi có bị lấy không
    tôi muốn kết thúc chương trình của tôi | thuốc đau ngực có được trả không | 응급실 | 구급차 비용 보장
    죽으면 집은 어떻게 되나요 | 플랜을 끝내고 싶어요 | 죽을 만큼 비싸요 | скорая помощь бесплатно?
    если я умру, что будет с домом | хочу закончить с этим планом | не хочу жить с сыном
    magkano ang ambulansya | gusto kong tapusin ang plan ko | kung mamatay ako, kukunin ba ang bahay
    ayaw kong mabuhay nang walang IHSS | շտապօգնության ծախսերը | երբ մեռնեմ, տունս կվերցնե՞ն
    ուզում եմ ծրագիրս փոխել | هزینه اورژانس | اگر بمیرم خانه‌ام چه می‌شود | می‌خواهم طرح خود را تمام کنم
    تكلفة الإسعاف | إذا مت ماذا يحدث لبيتي | أريد أن أنهي خطتي | តម្លៃឡានពេទ្យ | បើខ្ញុំស្លាប់តើផ្ទះខ្ញុំទៅណា
    ខ្ញុំចង់បញ្ចប់គម្រោងរបស់ខ្ញុំ
    داروی تشنجم تمام شد | انتهى دواء التشنجات | ցնցումների դեղս վերջացել է | hết thuốc chống co giật
"""


def _phrases(block: str) -> list[str]:
    return [phrase.strip() for line in block.splitlines() for phrase in line.split(" | ") if phrase.strip()]


def _heard(message: str) -> tuple[str, str] | None:
    alarm = triage(message)
    return None if alarm is None else (alarm.kind, alarm.language)


def _cases(blocks: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, phrase) for language, block in blocks.items() for phrase in _phrases(block)]


@pytest.mark.parametrize(("language", "message"), _cases(EMERGENCIES))
def test_an_emergency_is_caught_in_its_language(language: str, message: str) -> None:
    assert _heard(message) == ("emergency", language)


@pytest.mark.parametrize(("language", "message"), _cases(CRISES))
def test_self_harm_is_caught_in_its_language(language: str, message: str) -> None:
    assert _heard(message) == ("crisis", language)


@pytest.mark.parametrize("message", _phrases(CALM))
def test_an_ordinary_question_raises_no_alarm(message: str) -> None:
    assert triage(message) is None


@pytest.mark.parametrize("message", ["", " ", "?!", "\n\n", "\u200b", "😀", "a" * 20_000])
def test_a_message_without_words_raises_no_alarm(message: str) -> None:
    assert triage(message) is None


def test_an_emergency_in_a_long_message_is_caught() -> None:
    assert _heard("Hello, I have a question about my coverage. My mother collapsed! What now?") == ("emergency", "en")


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "I took all my pills to end my life"),
        ("en", "I want to die and I took too many pills"),
        ("en", "I cut my wrists and I can't stop the bleeding, I want to kill myself"),
        ("es", "Tomé demasiadas pastillas, quiero morir"),
        ("zh", "我吃了太多安眠藥,我不想活了"),
        ("zh-Hans", "我吃了太多安眠药，我不想活了"),
        ("ru", "я выпила слишком много таблеток, не хочу жить"),
    ],
)
def test_self_harm_that_already_hurts_says_911_first(language: str, message: str) -> None:
    assert triage(message) == Alarm("crisis", language, fixed_text("triage.hurt", language))


def test_chinese_is_answered_in_the_script_it_is_asked_in() -> None:
    assert triage("我想自殺") == Alarm("crisis", "zh", fixed_text("triage.crisis", "zh"))
    assert triage("我想自杀") == Alarm("crisis", "zh-Hans", fixed_text("triage.crisis", "zh-Hans"))


@pytest.mark.parametrize("section", TABLE)
def test_every_text_names_its_number_in_its_first_sentence(section: str) -> None:
    texts = {kind: fixed_text(f"triage.{kind}", TABLE[section]["language"]) for kind in ("emergency", "crisis", "hurt")}
    first = {kind: re.split("[.。։។]", text)[0] for kind, text in texts.items()}
    assert {kind: re.findall(r"\d{3,}", sentence) for kind, sentence in first.items()}["emergency"] == ["911"]
    assert re.findall(r"\d{3,}", first["crisis"]) == ["988"]
    assert re.findall(r"\d{3,}", first["hurt"])[0] == "911"
    assert set(re.findall(r"\d{3,}", texts["crisis"])) == set(re.findall(r"\d{3,}", texts["hurt"])) == {"911", "988"}


@pytest.mark.parametrize(
    "message",
    ["my mother wants help " * 950, "cant " * 4_000, "a." * 10_000, "想死不了我" * 4_000, "fell took want " * 1_333]
    + ["breeth suicde qwertyui" * 900, "stroke covered " * 1_300, "چرا " * 5_000, "хочу я " * 2_800, "ខ្ញុំចង់ " * 2_200],
)
def test_a_long_message_takes_little_time(message: str) -> None:
    triage("")
    assert _best_of(3, message[:20_000]) < 0.05


def test_an_ordinary_message_takes_under_a_millisecond() -> None:
    triage("")
    assert _best_of(5, "Can I change my Medi-Cal plan if I have Medicare and move to San Diego in March?") < 0.001


def _best_of(times: int, message: str) -> float:
    def once() -> float:
        start = time.process_time()
        triage(message)
        return time.process_time() - start

    return min(once() for _ in range(times))
